package org.physionet.provisioner.app.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.time.Clock;
import java.util.Random;
import java.util.Set;

/** The calls by which a program takes time and chance from the machine instead of from a port. */
final class TimeAndChance {
    private static final Set<String> CLOCKS = Set.of(
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.Year.now",
            "java.time.InstantSource.system",
            "java.lang.System.currentTimeMillis");

    private static final Set<String> WAITS_AND_DRAWS = Set.of(
            "java.lang.System.nanoTime",
            "java.lang.Thread.sleep",
            "java.lang.Math.random",
            "java.util.UUID.randomUUID",
            "java.util.concurrent.ThreadLocalRandom.current",
            "java.util.random.RandomGenerator.getDefault",
            "java.util.random.RandomGenerator.of");

    private TimeAndChance() {}

    static DescribedPredicate<JavaMethodCall> readsTheClock() {
        return DescribedPredicate.describe(
                "reads the machine's clock",
                call -> CLOCKS.contains(name(call))
                        || (call.getTargetOwner().isAssignableTo(Clock.class)
                                && (call.getName().startsWith("system")
                                        || call.getName().startsWith("tick"))));
    }

    static DescribedPredicate<JavaMethodCall> waitsOrDraws() {
        return DescribedPredicate.describe("sleeps or draws at random", call -> WAITS_AND_DRAWS.contains(name(call)));
    }

    /** As a call or as {@code Thread::sleep}. */
    static DescribedPredicate<JavaAccess<?>> sleeps() {
        return DescribedPredicate.describe(
                "sleeps",
                access -> access.getTargetOwner().isEquivalentTo(Thread.class)
                        && access.getName().equals("sleep"));
    }

    static DescribedPredicate<JavaConstructorCall> makesRandomNumbers() {
        return DescribedPredicate.describe(
                "makes a generator of random numbers",
                call -> call.getTargetOwner().isAssignableTo(Random.class));
    }

    private static String name(JavaMethodCall call) {
        return call.getTargetOwner().getName() + "." + call.getName();
    }
}
