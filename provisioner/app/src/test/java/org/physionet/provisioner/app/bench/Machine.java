package org.physionet.provisioner.app.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** The machine that the figures are from, in one line. */
record Machine(int cores, long memoryBytes, String system, String java, double load) {
    static Machine here() {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Machine(
                system.getAvailableProcessors(),
                system.getTotalMemorySize(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"),
                system.getSystemLoadAverage());
    }

    /** The load is part of it: figures taken while the machine does other work are worth less. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d cores, %.1f GiB, %s, Java %s, load %.1f",
                cores,
                memoryBytes / (double) (1L << 30),
                system,
                java,
                load);
    }
}
