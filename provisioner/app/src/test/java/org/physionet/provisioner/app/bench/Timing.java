package org.physionet.provisioner.app.bench;

import java.util.Arrays;

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
        for (int i = 0; i < warmUps; i++) {
            run.run();
        }
        double[] millis = new double[runs];
        for (int i = 0; i < runs; i++) {
            long began = System.nanoTime();
            run.run();
            millis[i] = (System.nanoTime() - began) / 1e6;
        }
        Arrays.sort(millis);
        return new Timing(millis);
    }

    public double least() {
        return sorted[0];
    }

    public double median() {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
