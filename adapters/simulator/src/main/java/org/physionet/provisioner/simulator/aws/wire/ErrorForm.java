package org.physionet.provisioner.simulator.aws.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import org.physionet.provisioner.simulator.Response;

/** How a service writes an error. */
public enum ErrorForm {
    /** S3: the error is the document (S3 API reference, "REST error responses"). */
    S3 {
        @Override
        String body(AwsException error, String requestId) {
            return Xml.document("Error", "", xml -> {
                write(xml, error);
                xml.text("RequestId", requestId).text("HostId", "simulator");
            });
        }
    },
    /** S3 Control: wrapped, with the request id outside. */
    S3_CONTROL {
        @Override
        String body(AwsException error, String requestId) {
            return Xml.document(
                    "ErrorResponse",
                    "",
                    xml -> xml.element("Error", e -> write(e, error))
                            .text("RequestId", requestId)
                            .text("HostId", "simulator"));
        }
    },
    /** KMS: the JSON protocol. */
    JSON {
        @Override
        String body(AwsException error, String requestId) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("__type", error.code())
                    .put("message", String.valueOf(error.getMessage()))
                    .toString();
        }

        @Override
        public Response response(AwsException error, String requestId, boolean head) {
            return Headers.add(
                    Response.text(error.status(), "application/x-amz-json-1.1", body(error, requestId)),
                    Map.of("x-amzn-requestid", requestId));
        }
    },
    /** IAM and STS: the query protocol, which also says whose fault it is. */
    QUERY {
        @Override
        String body(AwsException error, String requestId) {
            return Xml.document(
                    "ErrorResponse",
                    "",
                    xml -> xml.element("Error", e -> {
                                e.text("Type", error.status() < 500 ? "Sender" : "Receiver");
                                write(e, error);
                            })
                            .text("RequestId", requestId));
        }
    };

    abstract String body(AwsException error, String requestId);

    /** The answer; without a body if the request was HEAD. */
    public Response response(AwsException error, String requestId, boolean head) {
        String text = head ? "" : body(error, requestId);
        return Headers.add(Response.xml(error.status(), text), Map.of("x-amz-request-id", requestId));
    }

    private static void write(Xml xml, AwsException error) {
        xml.text("Code", error.code()).text("Message", String.valueOf(error.getMessage()));
        error.elements().forEach(xml::text);
    }
}
