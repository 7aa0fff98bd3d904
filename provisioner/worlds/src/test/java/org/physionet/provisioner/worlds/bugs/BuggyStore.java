package org.physionet.provisioner.worlds.bugs;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.store.Lease;
import org.physionet.provisioner.engine.store.Quarantined;
import org.physionet.provisioner.engine.store.Store;

/** A record with one bug; every other call goes through as it is. */
final class BuggyStore {
    private static final List<String> READS =
            List.of("resourceSeen", "witnessed", "found", "hold", "revocationDetected");

    private final Bug bug;
    private final Store store;
    private final List<Runnable> late = new ArrayList<>();

    private BuggyStore(Bug bug, Store store) {
        this.bug = bug;
        this.store = store;
    }

    static Store of(Bug bug, Store store) {
        BuggyStore buggy = new BuggyStore(bug, store);
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(),
                new Class<?>[] {Store.class},
                (proxy, method, arguments) -> buggy.call(method, arguments));
    }

    private @Nullable Object call(Method method, Object[] arguments) {
        return switch (bug) {
            case LEDGER_AFTER_THE_CALL -> recordedLate(method, arguments);
            case LEASE_WITHOUT_FENCING -> leased(method, unfenced(method, arguments));
            case FENCE_OUTSIDE_THE_TRANSACTION -> through(method, unfenced(method, arguments));
            case READ_RECORDED_WITHOUT_FENCE ->
                through(method, READS.contains(method.getName()) ? unfenced(method, arguments) : arguments);
            case UNVERIFIED_AT_FIRST_REFUSAL -> putOut(method, arguments);
            default -> through(method, arguments);
        };
    }

    private @Nullable Object recordedLate(Method method, Object[] arguments) {
        if (method.getName().equals("intend")) {
            late.add(() -> through(method, arguments));
            return null;
        }
        if (method.getName().equals("conclude")) {
            late.forEach(Runnable::run);
            late.clear();
        }
        return through(method, arguments);
    }

    /** The same call without its lease, which comes last. */
    private static @Nullable Object @Nullable [] unfenced(Method method, @Nullable Object @Nullable [] arguments) {
        List<Class<?>> takes = List.of(method.getParameterTypes());
        if (arguments == null
                || takes.getLast() != Lease.class
                || method.getName().equals("release")) {
            return arguments;
        }
        @Nullable Object[] without = arguments.clone();
        without[without.length - 1] = null;
        return without;
    }

    private @Nullable Object leased(Method method, @Nullable Object @Nullable [] arguments) {
        Object answer = through(method, arguments);
        return method.getName().equals("acquire") && answer.equals(Optional.empty())
                ? Optional.of(new Lease(
                        (String) arguments[0], (String) arguments[1], 1, ((Instant) arguments[3]).plus((Duration)
                                        arguments[2])))
                : answer;
    }

    private @Nullable Object putOut(Method method, Object[] arguments) {
        if (!method.getName().equals("quarantine")) {
            return through(method, arguments);
        }
        List<Quarantined> forGood = new ArrayList<>();
        for (Object each : (Collection<?>) arguments[1]) {
            Quarantined q = (Quarantined) each;
            Instant never = q.retryAt().plus(Duration.ofDays(36500));
            forGood.add(new Quarantined(q.principal(), q.resource(), q.reason(), true, q.refusals(), q.since(), never));
        }
        return through(method, new Object[] {arguments[0], forGood, arguments[2]});
    }

    private @Nullable Object through(Method method, @Nullable Object @Nullable [] arguments) {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            return BuggyStore.<RuntimeException>sneak(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> Object sneak(Throwable cause) throws E {
        throw (E) cause;
    }
}
