package org.physionet.provisioner.app.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Runs benchmarks and prints the machine, the command and the figures of each. Started by scripts/bench. */
public final class Bench {
    private Bench() {}

    /**
     * @param args {@code --list}, or the names of the benchmarks to run; none means all. Ends with 1 if a promise is missed or a measurement
     *     fails, with 2 if there is no such benchmark
     */
    public static void main(String[] args) {
        List<Benchmark> known = ServiceLoader.load(Benchmark.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        if (List.of(args).equals(List.of("--list"))) {
            known.forEach(benchmark -> System.out.printf("%-20s %s%n", benchmark.name(), benchmark.about()));
            return;
        }
        List<Benchmark> chosen = new ArrayList<>(known);
        if (args.length > 0) {
            chosen.removeIf(benchmark -> !List.of(args).contains(benchmark.name()));
            for (String name : args) {
                if (chosen.stream().noneMatch(benchmark -> benchmark.name().equals(name))) {
                    System.err.println("no benchmark is called " + name + "; scripts/bench --list names them");
                    System.exit(2);
                }
            }
        }
        System.out.println("machine: " + Machine.here());
        boolean kept = true;
        for (Benchmark benchmark : chosen) {
            kept &= run(benchmark);
        }
        System.exit(kept ? 0 : 1);
    }

    private static boolean run(Benchmark benchmark) {
        System.out.printf("%n%s: %s%n    $ %s%n", benchmark.name(), benchmark.about(), benchmark.command());
        try {
            List<Figure> figures = benchmark.measure();
            figures.forEach(figure -> System.out.println("    " + figure));
            return figures.stream().allMatch(Figure::kept);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            System.out.println("    interrupted");
            return false;
        } catch (Exception failure) {
            System.out.println("    failed: " + failure);
            return false;
        }
    }
}
