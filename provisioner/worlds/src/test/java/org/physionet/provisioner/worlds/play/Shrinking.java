package org.physionet.provisioner.worlds.play;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.physionet.provisioner.engine.store.Store;

/** Leaves out of a story what it does not need to end as it does: acts by halves and one by one, then troubles. */
public final class Shrinking {
    private static final int MOST_TRIES = 3000;

    private final Story failed;
    private final Supplier<Store> record;
    private List<Act> acts;
    private int tries;

    private Shrinking(Story failed, Supplier<Store> record) {
        this.failed = failed;
        this.record = record;
        this.acts = failed.acts();
    }

    /** The same seed, the same invariant, as few acts as could be found; a clean story is handed back. */
    public static Story of(Story story, Supplier<Store> record) {
        return story.clean() ? story : new Shrinking(story, record).shrink();
    }

    private Story shrink() {
        boolean smaller = true;
        while (smaller && tries < MOST_TRIES) {
            smaller = false;
            for (int size = Math.max(1, acts.size() / 2); size >= 1; size /= 2) {
                for (int at = acts.size() - size; at >= 0 && tries < MOST_TRIES; at -= size) {
                    List<Act> fewer = new ArrayList<>(acts);
                    fewer.subList(at, Math.min(at + size, fewer.size())).clear();
                    smaller |= keep(fewer);
                    at = Math.min(at, acts.size());
                }
            }
            smaller |= calmer();
        }
        return Story.replay(failed.seed(), failed.bug(), record, acts);
    }

    private boolean calmer() {
        boolean smaller = false;
        for (int i = 0; i < acts.size(); i++) {
            Act act = acts.get(i);
            List<Act.Trouble> troubles = troubles(act);
            for (int t = troubles.size() - 1; t >= 0; t--) {
                List<Act.Trouble> fewer = new ArrayList<>(troubles(acts.get(i)));
                fewer.remove(t);
                List<Act> next = new ArrayList<>(acts);
                next.set(i, with(act, fewer));
                smaller |= keep(next);
            }
        }
        return smaller;
    }

    private static List<Act.Trouble> troubles(Act act) {
        return switch (act) {
            case Act.Run run -> run.way().troubles();
            case Act.Admin admin -> admin.way().troubles();
            default -> List.of();
        };
    }

    private static Act with(Act act, List<Act.Trouble> troubles) {
        return switch (act) {
            case Act.Run run -> new Act.Run(run.approved(), run.reading(), new Act.Way(troubles));
            case Act.Admin admin ->
                new Act.Admin(admin.command(), admin.person(), admin.dataset(), new Act.Way(troubles));
            default -> act;
        };
    }

    /** What it is about, without the names of whom it befell. */
    private static String kind(Violation violation) {
        return violation.getMessage().replaceAll("\\S*[0-9/]\\S*|\\[.*?]", "");
    }

    private boolean keep(List<Act> fewer) {
        tries++;
        Story story = Story.replay(failed.seed(), failed.bug(), record, fewer);
        boolean same = story.end()
                .filter(v -> kind(v).equals(kind(failed.end().orElseThrow())))
                .isPresent();
        if (same) {
            acts = fewer;
        }
        return same;
    }
}
