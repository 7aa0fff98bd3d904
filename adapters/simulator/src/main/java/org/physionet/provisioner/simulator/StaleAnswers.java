package org.physionet.provisioner.simulator;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What reads answered before the last change, for the fault "stale read". Only what was really answered can come back.
 * The {@link #MOST} latest questions are kept. Guarded by the world's lock.
 */
final class StaleAnswers {
    static final int MOST = 1_000;

    /** @param before the last answer that was different; empty if there was none */
    private record Answers(Response latest, Optional<Response> before) {}

    private final LinkedHashMap<String, Answers> answers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Answers> eldest) {
            return size() > MOST;
        }
    };

    void remember(Request request, Operation operation, Response current) {
        if (operation.kind() != Operation.Kind.READ || current.status() != 200) {
            return;
        }
        Answers known = answers.get(question(request));
        if (known == null) {
            answers.put(question(request), new Answers(current, Optional.empty()));
        } else if (!same(known.latest(), current)) {
            answers.put(question(request), new Answers(current, Optional.of(known.latest())));
        }
    }

    /** The answer from before the last change; the current one if no other is known. */
    Response stale(Request request, Response current) {
        Answers known = answers.get(question(request));
        if (known == null) {
            return current;
        }
        return same(known.latest(), current) ? known.before().orElse(current) : known.latest();
    }

    void clear() {
        answers.clear();
    }

    private static String question(Request request) {
        return request.method() + " " + request.host() + request.rawPath() + "?" + request.rawQuery() + " "
                + Arrays.hashCode(request.body());
    }

    private static boolean same(Response one, Response other) {
        return Arrays.equals(one.body(), other.body());
    }
}
