package org.physionet.provisioner.adapters.aws.calls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Keeps the body of a refusal with the exception: the S3 client drops it, and with it the {@code <Detail>} that names the
 * refused principal (facts/aws.md A2.4).
 */
final class ErrorBody implements ExecutionInterceptor {
    private static final ExecutionAttribute<byte[]> BODY = new ExecutionAttribute<>("ProvisionerErrorBody");
    private static final int MOST = 64 * 1024;

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        Optional<InputStream> body = context.responseBody();
        if (body.isEmpty() || context.httpResponse().isSuccessful()) {
            return body;
        }
        try {
            byte[] start = body.get().readNBytes(MOST);
            attributes.putAttribute(BODY, start);
            return Optional.of(new SequenceInputStream(new ByteArrayInputStream(start), body.get()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Throwable modifyException(Context.FailedExecution context, ExecutionAttributes attributes) {
        byte[] body = attributes.getAttribute(BODY);
        if (body != null && context.exception() instanceof AwsServiceException refusal) {
            AwsErrorDetails details = refusal.awsErrorDetails();
            AwsErrorDetails.Builder builder = details == null ? AwsErrorDetails.builder() : details.toBuilder();
            return refusal.toBuilder()
                    .awsErrorDetails(
                            builder.rawResponse(SdkBytes.fromByteArray(body)).build())
                    .build();
        }
        return context.exception();
    }
}
