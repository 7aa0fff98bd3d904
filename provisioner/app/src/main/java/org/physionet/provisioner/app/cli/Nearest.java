package org.physionet.provisioner.app.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What somebody probably meant: the known names closest to a mistyped one. */
public final class Nearest {
    private Nearest() {}

    /** The closest ones, best first; none that differs in more than a third of its letters (at least two). */
    public static List<String> to(String typed, Collection<String> known, int limit) {
        String wanted = typed.toLowerCase(Locale.ROOT);
        return known.stream()
                .distinct()
                .map(name -> new Scored(name, distance(wanted, name.toLowerCase(Locale.ROOT))))
                .filter(s -> s.distance <= Math.max(2, Math.max(s.name.length(), typed.length()) / 3)
                        || (typed.length() >= 3
                                && s.name.toLowerCase(Locale.ROOT).contains(wanted)))
                .sorted(Comparator.comparingInt(Scored::distance).thenComparing(Scored::name))
                .limit(limit)
                .map(Scored::name)
                .toList();
    }

    /** {@code did you mean X?}, or empty. */
    public static Optional<String> question(String typed, Collection<String> known) {
        List<String> close = to(typed, known, 3);
        int best = close.isEmpty() ? 0 : distanceOf(typed, close.getFirst());
        close = close.stream()
                .filter(name -> distanceOf(typed, name) <= best + 1)
                .toList();
        return close.isEmpty() ? Optional.empty() : Optional.of("did you mean " + String.join(" or ", close) + "?");
    }

    private static int distanceOf(String typed, String name) {
        return distance(typed.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
    }

    private record Scored(String name, int distance) {}

    /** Edits between two words: insert, delete, replace, swap neighbours (optimal string alignment). */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replace, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
