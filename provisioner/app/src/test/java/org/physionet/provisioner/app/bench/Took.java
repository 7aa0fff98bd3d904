package org.physionet.provisioner.app.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * Milliseconds on the clock, and of all of this process's threads: what is left when the machine does other things.
 *
 * @param cpu on two quiet cores the clock shows between half of it and all of it
 */
record Took(double wall, double cpu) {
    static final Took NEVER = new Took(Double.MAX_VALUE, Double.MAX_VALUE);

    static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    static Took since(long wallNanos, long cpuNanos) {
        return new Took((System.nanoTime() - wallNanos) / 1e6, (cpuNanos() - cpuNanos) / 1e6);
    }

    /** The least of so many runs, each of the two for itself. */
    static Took least(int runs, Timing.Run run) throws Exception {
        Took least = NEVER;
        for (int i = 0; i < runs; i++) {
            long began = System.nanoTime();
            long cpu = cpuNanos();
            run.run();
            least = least.orBetter(since(began, cpu));
        }
        return least;
    }

    Took orBetter(Took other) {
        return new Took(Math.min(wall, other.wall), Math.min(cpu, other.cpu));
    }
}
