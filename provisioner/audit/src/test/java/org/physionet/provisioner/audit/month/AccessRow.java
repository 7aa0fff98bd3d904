package org.physionet.provisioner.audit.month;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.physionet.provisioner.audit.access.Access;

/** An access as a line of JSON, as engines of providers load it. */
public final class AccessRow {
    private AccessRow() {}

    public static ObjectNode of(Access a) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("provider", a.provider())
                .put("log", a.log().name())
                .put("moment", a.at().toString())
                .put("id", a.id())
                .put("request", a.request())
                .put("who", a.who().name())
                .put("principal", a.principal())
                .put("bucket", a.bucket())
                .put("key", a.key())
                .put("action", a.action().name())
                .put("operation", a.operation())
                .put("allowed", a.allowed())
                .put("bytes", a.bytes())
                .put("ip", a.ip())
                .put("agent", a.agent())
                .put("via", a.via())
                .put("signed", a.signed())
                .put("detail", a.detail())
                .put("file", a.file())
                .put("line", a.line());
    }
}
