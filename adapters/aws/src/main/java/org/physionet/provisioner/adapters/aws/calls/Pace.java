package org.physionet.provisioner.adapters.aws.calls;

import org.physionet.provisioner.engine.adapter.Budget;
import org.physionet.provisioner.engine.adapter.Pacing;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Asks for leave before every call, and says so when AWS finds them too many. It waits before the SDK starts its own clock, so that no
 * call times out in the queue, and before the request is signed, so that none is signed too early.
 */
record Pace(Pacing pacing, Budget budget) implements ExecutionInterceptor {
    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        pacing.before(budget);
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        if (context.exception() instanceof AwsServiceException refusal
                && (AwsErrors.isThrottle(refusal) || refusal.statusCode() == 503)) {
            pacing.refused(budget);
        }
    }
}
