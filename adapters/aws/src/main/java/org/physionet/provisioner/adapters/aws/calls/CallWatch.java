package org.physionet.provisioner.adapters.aws.calls;

import java.util.Locale;
import org.physionet.provisioner.engine.adapter.CallListener;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** Tells the engine's listener of every HTTP call as it ends; a call that was never sent is none. */
final class CallWatch implements ExecutionInterceptor {
    private static final ExecutionAttribute<Boolean> UNDER_WAY = new ExecutionAttribute<>("ProvisionerUnderWay");

    private final CallListener listener;

    CallWatch(CallListener listener) {
        this.listener = listener;
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        attributes.putAttribute(UNDER_WAY, true);
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        end(attributes, String.valueOf(context.httpResponse().statusCode()));
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        if (Boolean.TRUE.equals(attributes.getAttribute(UNDER_WAY))) {
            boolean timeout = context.exception() instanceof ApiCallTimeoutException
                    || context.exception() instanceof ApiCallAttemptTimeoutException;
            end(attributes, timeout ? "timeout" : "no-answer");
        }
    }

    private void end(ExecutionAttributes attributes, String outcome) {
        attributes.putAttribute(UNDER_WAY, false);
        String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        String service = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
        listener.called(prefix(service) + "." + operation, !isRead(operation), outcome);
    }

    /** {@code S3 Control} → {@code s3control}. */
    private static String prefix(String service) {
        return service.replace(" ", "").toLowerCase(Locale.ROOT);
    }

    private static boolean isRead(String operation) {
        return operation.startsWith("Get")
                || operation.startsWith("List")
                || operation.startsWith("Simulate")
                || operation.startsWith("Head")
                || operation.equals("Sign");
    }
}
