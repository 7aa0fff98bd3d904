package org.physionet.provisioner.app.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongSupplier;

/** How long each of several equal runs took, in milliseconds. */
public final class Timing {
    private final double[] sorted;

    private Timing(double[] sorted) {
        this.sorted = sorted;
    }

    /** Something that can be timed. */
    @FunctionalInterface
    public interface Run {
        void run() throws Exception;
    }

    /** Runs {@code run} {@code warmUps} times unmeasured, then {@code runs} times measured, one after another. */
    public static Timing of(int warmUps, int runs, Run run) throws Exception {
        return of(System::nanoTime, warmUps, runs, run);
    }

    /** As {@link #of(int, int, Run)}, but of this thread's own work: what is left when the machine does other things meanwhile. */
    public static Timing ofWork(int warmUps, int runs, Run run) throws Exception {
        return of(ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime, warmUps, runs, run);
    }

    private static Timing of(LongSupplier clock, int warmUps, int runs, Run run) throws Exception {
        for (int i = 0; i < warmUps; i++) {
            run.run();
        }
        double[] millis = new double[runs];
        for (int i = 0; i < runs; i++) {
            long began = clock.getAsLong();
            run.run();
            millis[i] = (clock.getAsLong() - began) / 1e6;
        }
        Arrays.sort(millis);
        return new Timing(millis);
    }

    /** As {@link #of(int, int, Run)}, of the processes that this one started and waited for. Linux only; to 10 ms. */
    public static Timing ofChildren(int warmUps, int runs, Run run) throws Exception {
        return of(Timing::childNanos, warmUps, runs, run);
    }

    /** proc(5): fields 16 and 17 of stat, in hundredths of a second. */
    private static long childNanos() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) * 10_000_000L;
        } catch (IOException e) {
            throw new UncheckedIOException("the CPU time of child processes is only told on Linux", e);
        }
    }

    public double least() {
        return sorted[0];
    }

    public double median() {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
