package org.physionet.provisioner.adapters.contract;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/** Turns the failure of a test that the world declares to fail into a skip with its reason. */
final class DivergenceCheck implements InvocationInterceptor {
    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext context)
            throws Throwable {
        run(invocation, call);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext context)
            throws Throwable {
        run(invocation, call);
    }

    private static void run(Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> call)
            throws Throwable {
        String test = call.getExecutable().getName();
        Divergences declared = call.getTarget()
                .map(target -> ((AdapterContract) target).divergences())
                .orElse(Divergences.NONE);
        String reason = declared.reasons().get(test);
        if (reason == null) {
            invocation.proceed();
            return;
        }
        try {
            invocation.proceed();
        } catch (AssertionError diverged) {
            throw new TestAbortedException("declared divergence: " + reason, diverged);
        }
        if (declared.proven()) {
            throw new AssertionError(
                    "declared to diverge, but it does not: take " + test + " out of the declaration (" + reason + ")");
        }
    }
}
