package org.physionet.provisioner.worlds;

import java.io.PrintStream;
import java.util.Locale;
import org.physionet.provisioner.worlds.bugs.Bug;
import org.physionet.provisioner.worlds.play.Shrinking;
import org.physionet.provisioner.worlds.play.Story;
import org.physionet.provisioner.worlds.record.MemoryStore;

/** {@code scripts/worlds}: plays worlds by their seeds, tells what became of them, exits 1 if one of them failed. */
public final class WorldsMain {
    private static final String USAGE =
            "usage: worlds [--seeds N] [--seed FIRST] [--bug NAME]   (N worlds from seed FIRST on; defaults 1000 and 1)";

    private final PrintStream out;
    private long first = 1;
    private long seeds = 1000;
    private Bug bug = Bug.NONE;

    private WorldsMain(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        System.exit(new WorldsMain(System.out).run(arguments));
    }

    private int run(String[] arguments) {
        try {
            read(arguments);
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            out.println(USAGE);
            return 2;
        }
        long began = System.nanoTime();
        long failed = 0;
        long calls = 0;
        for (long seed = first; seed < first + seeds; seed++) {
            Story story = Story.of(seed, bug, MemoryStore::new);
            calls += story.calls();
            if (!story.clean()) {
                failed++;
                tell(story);
            }
            if ((seed - first + 1) % 1000 == 0) {
                progress("so far: ", seed - first + 1, failed, calls, began);
            }
        }
        progress("", seeds, failed, calls, began);
        return failed == 0 ? 0 : 1;
    }

    private void read(String[] arguments) {
        boolean seedsGiven = false;
        boolean seedGiven = false;
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + ": expected a value, found none");
            }
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--seeds" -> {
                    seeds = Long.parseLong(value);
                    seedsGiven = true;
                }
                case "--seed" -> {
                    first = Long.parseLong(value);
                    seedGiven = true;
                }
                case "--bug" -> bug = Bug.valueOf(value.toUpperCase(Locale.ROOT));
                default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
            }
        }
        if (seedGiven && !seedsGiven) {
            seeds = 1;
        }
    }

    private void progress(String what, long worlds, long failed, long calls, long began) {
        double seconds = (System.nanoTime() - began) / 1e9;
        out.printf(
                Locale.ROOT,
                "%s%d worlds from seed %d, %d failed, %d provider calls, %.1f s, %.1f worlds/s%n",
                what,
                worlds,
                first,
                failed,
                calls,
                seconds,
                worlds / seconds);
    }

    private void tell(Story story) {
        out.println("seed " + story.seed() + ": " + story.end().orElseThrow().getMessage());
        Story small = Shrinking.of(story, MemoryStore::new);
        out.println("  the shortest story found, of " + story.acts().size() + " acts:");
        small.acts().forEach(act -> out.println("  - " + act));
        small.end().ifPresent(end -> out.println("  ends: " + end.getMessage()));
        out.println("  again: scripts/worlds --seed " + story.seed());
    }
}
