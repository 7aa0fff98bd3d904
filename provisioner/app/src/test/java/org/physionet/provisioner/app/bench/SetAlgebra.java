package org.physionet.provisioner.app.bench;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.physionet.provisioner.engine.eligibility.EligibilityRules;
import org.physionet.provisioner.engine.eligibility.HoldIndex;
import org.physionet.provisioner.engine.eligibility.Population;
import org.physionet.provisioner.engine.eligibility.Standing;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.Hold;
import org.physionet.provisioner.engine.model.HoldId;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.source.Snapshot;

/** Who may read what, for everybody at once, by sets; and the same pair by pair, of which the sets are the quick form. */
public final class SetAlgebra implements Benchmark {
    /** Deciding all twenty million pairs one by one takes minutes: every fiftieth researcher stands for fifty. */
    private static final int EVERY = 50;

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    @Override
    public String name() {
        return "eligibility";
    }

    @Override
    public String about() {
        return "%,d researchers x %,d datasets, %,d agreements, 50 blocks, after loading"
                .formatted(BigPopulation.RESEARCHERS, BigPopulation.DATASETS, BigPopulation.AGREEMENTS);
    }

    @Override
    public String command() {
        return "scripts/bench eligibility";
    }

    @Override
    public List<Figure> measure() throws Exception {
        Snapshot snapshot = BigPopulation.at(NOW);
        HoldIndex holds = new HoldIndex(blocks(), Map.of(), Map.of());
        Timing building = Timing.of(3, 9, () -> new Population(snapshot));
        Population population = new Population(snapshot);
        long began = System.nanoTime();
        long allowed = allowed(population, holds);
        double first = (System.nanoTime() - began) / 1e6;
        Timing sets = Timing.of(3, 15, () -> allowed(population, holds));
        Timing work = Timing.ofWork(0, 15, () -> allowed(population, holds));
        Timing buildingWork = Timing.ofWork(0, 9, () -> new Population(snapshot));
        double pairs = pairs(population, population.at(NOW, EligibilityRules.DEFAULT, holds));
        return List.of(
                Figure.of("pairs allowed", (double) allowed, ""),
                Figure.of("sets built from a snapshot", building.median(), "ms"),
                Figure.of("decided by sets, first time", first, "ms"),
                Figure.under(100, "decided by sets, median of 15", sets.median(), "ms"),
                Figure.of("CPU time of building", buildingWork.median(), "ms"),
                Figure.of("CPU time of deciding", work.median(), "ms"),
                Figure.of("decided by pairs (1 in " + EVERY + ", scaled)", pairs * EVERY, "ms"),
                Figure.of("pairs are slower by", pairs * EVERY / sets.median(), "times"));
    }

    private static long allowed(Population population, HoldIndex holds) {
        Standing standing = population.at(NOW, EligibilityRules.DEFAULT, holds);
        long allowed = 0;
        for (Dataset dataset : population.snapshot().datasets().values()) {
            allowed += standing.allowed(dataset).getCardinality();
        }
        return allowed;
    }

    /** @throws IllegalStateException if the two forms differ: then neither figure means anything */
    private static double pairs(Population population, Standing standing) {
        long began = System.nanoTime();
        for (int n = 0; n < population.size(); n += EVERY) {
            for (Dataset dataset : population.snapshot().datasets().values()) {
                boolean alone = standing.pairwise()
                        .decide(population.person(n), dataset, NOW)
                        .allowed();
                if (alone != standing.allowed(dataset).contains(n)) {
                    throw new IllegalStateException("the two forms differ for "
                            + population.person(n).id() + " at " + dataset.id() + ": alone " + alone);
                }
            }
        }
        return (System.nanoTime() - began) / 1e6;
    }

    private static List<Hold> blocks() {
        List<Hold> blocks = new ArrayList<>();
        for (int n = 1; n <= 50; n++) {
            ResearcherId person = new ResearcherId(Integer.toString(n * 1_999));
            blocks.add(new Hold.Block(
                    new HoldId("hold-" + n),
                    new Hold.Target.Person(person, new TreeSet<>()),
                    "bench",
                    "measuring",
                    NOW.minus(1, ChronoUnit.DAYS),
                    null));
        }
        return blocks;
    }
}
