package org.physionet.provisioner.app.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** How many writes it takes to let everybody in but those whom Google refuses, and with them the whole policy. */
public final class PoisonMembers implements Benchmark {
    private static final int PEOPLE = 1_000;
    private static final List<Integer> BAD = List.of(1, 2, 5, 10, 20);
    private static final int DRAWS = 2;
    private static final String WRITE = "storage.buckets.setIamPolicy";

    @Override
    public String name() {
        return "gcp-poison";
    }

    @Override
    public String about() {
        return "writes beyond the one of a run, for k refused people among %,d on one bucket; the most of %d placements"
                .formatted(PEOPLE, DRAWS + 3);
    }

    @Override
    public String command() {
        return "scripts/bench gcp-poison";
    }

    @Override
    public List<Figure> measure() throws Exception {
        List<Figure> figures = new ArrayList<>();
        for (int bad : BAD) {
            long most = 0;
            for (TreeSet<Integer> poison : placements(bad)) {
                most = Math.max(most, extraWrites(poison));
            }
            double bound = 2 * bad * Math.log(PEOPLE) / Math.log(2);
            // "At most": a figure that is whole may be the bound's whole part.
            figures.add(Figure.under(Math.floor(bound) + 1, bad + " refused of " + PEOPLE, (double) most, "writes"));
        }
        return figures;
    }

    /** The first, the last, evenly spread (the worst for halving), and some by chance, the same at each run. */
    private static List<TreeSet<Integer>> placements(int bad) {
        List<TreeSet<Integer>> placements = new ArrayList<>();
        placements.add(set(IntStream.range(0, bad)));
        placements.add(set(IntStream.range(PEOPLE - bad, PEOPLE)));
        placements.add(set(IntStream.range(0, bad).map(i -> i * (PEOPLE / bad))));
        Random random = new Random(bad);
        for (int draw = 0; draw < DRAWS; draw++) {
            List<Integer> all =
                    new ArrayList<>(IntStream.range(0, PEOPLE).boxed().toList());
            Collections.shuffle(all, random);
            placements.add(new TreeSet<>(all.subList(0, bad)));
        }
        return placements;
    }

    private static TreeSet<Integer> set(IntStream numbers) {
        return new TreeSet<>(numbers.boxed().toList());
    }

    private static long extraWrites(TreeSet<Integer> poison) throws Exception {
        try (GoogleSite site = new GoogleSite("layout: members")) {
            // Numbers of as many digits, so that the order of the people is the order of their numbers.
            List<Integer> people =
                    IntStream.range(0, PEOPLE).map(n -> 10_000 + n).boxed().toList();
            for (int n : poison) {
                site.poison(10_000 + n);
            }
            site.people(people, List.of());
            site.forgetCalls();
            site.run(5);
            for (int n : people) {
                if (site.canRead(n) == poison.contains(n - 10_000)) {
                    throw new IllegalStateException(GoogleSite.address(n) + " should "
                            + (poison.contains(n - 10_000) ? "not " : "") + "be able to read");
                }
            }
            return site.count(WRITE) - 1;
        }
    }
}
