package org.physionet.provisioner.worlds.play;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Makes up what happens, from a seed alone: the same seed tells the same story whatever the engine does. */
public final class Teller {
    /** From here on layouts change as well; the stories of smaller seeds, some of which are kept, stay as they are. */
    public static final long WITH_CHANGES_OF_LAYOUT = 1_000_000;

    private final RandomGenerator random;
    private final boolean changesLayouts;

    public Teller(long seed) {
        this.random = new SplittableRandom(seed ^ 0x5DEECE66DL);
        this.changesLayouts = seed >= WITH_CHANGES_OF_LAYOUT;
    }

    public Act next() {
        if (changesLayouts && random.nextInt(10) == 0) {
            return new Act.Relayout(any());
        }
        int n = random.nextInt(100);
        if (n < 34) {
            return run(true);
        } else if (n < 60) {
            return source();
        } else if (n < 70) {
            return rival();
        } else if (n < 78) {
            return new Act.Pass(time());
        } else if (n < 82) {
            return new Act.ToNextEnd(random.nextBoolean());
        } else if (n < 88) {
            return admin(true);
        } else if (n < 93) {
            return new Act.Operator(pick(Act.Operator.Duty.values()));
        } else if (n < 95) {
            return new Act.AccountDeleted(any(), random.nextBoolean());
        } else if (n < 97) {
            return new Act.Weather(
                    random.nextBoolean(), random.nextBoolean(), Duration.ofSeconds(random.nextInt(5, 900)));
        } else if (n < 98) {
            return new Act.Skew(Duration.ofSeconds(random.nextInt(3) == 0 ? 0 : random.nextInt(-4000, 4000)));
        } else if (n < 99) {
            return new Act.Validity(pick(new Integer[] {0, 5, 30, 60}));
        }
        return new Act.Policy(any(), any());
    }

    private Act source() {
        return new Act.Source(pick(Act.Source.Change.values()), any(), any());
    }

    private Act rival() {
        return new Act.Rival(pick(Act.Rival.Edit.values()), any(), any());
    }

    private Act admin(boolean withTroubles) {
        return new Act.Admin(pick(Act.Admin.Command.values()), any(), any(), withTroubles ? way() : Act.Way.SMOOTH);
    }

    private Act.Run run(boolean withTroubles) {
        Act.Reading reading = random.nextInt(6) == 0 ? pick(Act.Reading.values()) : Act.Reading.WELL;
        return new Act.Run(random.nextInt(8) == 0, reading, withTroubles ? way() : Act.Way.SMOOTH);
    }

    private Act.Way way() {
        List<Act.Trouble> troubles = new ArrayList<>();
        int n = random.nextInt(4);
        for (int i = 0; i < n; i++) {
            Act.Trouble.Kind kind =
                    random.nextInt(3) == 0 ? Act.Trouble.Kind.MEANWHILE : pick(Act.Trouble.Kind.values());
            boolean other = kind == Act.Trouble.Kind.MEANWHILE;
            troubles.add(new Act.Trouble(
                    random.nextInt(120), kind, other ? stall() : Duration.ZERO, other ? meanwhile() : List.of()));
        }
        return new Act.Way(troubles);
    }

    private Duration stall() {
        return switch (random.nextInt(5)) {
            case 0 -> Duration.ofSeconds(random.nextInt(60, 200));
            case 1 -> Duration.ofMinutes(random.nextInt(4, 20));
            default -> Duration.ofMillis(random.nextInt(2000));
        };
    }

    private List<Act> meanwhile() {
        List<Act> acts = new ArrayList<>();
        int n = random.nextInt(1, 3);
        for (int i = 0; i < n; i++) {
            acts.add(
                    switch (random.nextInt(5)) {
                        case 0 -> source();
                        case 1 -> admin(false);
                        case 2 -> run(false);
                        default -> rival();
                    });
        }
        return acts;
    }

    private Duration time() {
        return switch (random.nextInt(4)) {
            case 0 -> Duration.ofDays(random.nextInt(1, 4));
            case 1 -> Duration.ofHours(random.nextInt(1, 10));
            default -> Duration.ofSeconds(random.nextInt(1, 1800));
        };
    }

    private int any() {
        return random.nextInt(1000);
    }

    private <T> T pick(T[] of) {
        return of[random.nextInt(of.length)];
    }
}
