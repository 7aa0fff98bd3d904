package org.physionet.provisioner.simulator.aws.policy;

import java.util.ArrayList;
import java.util.List;

/** A text pattern: {@code *} stands for any run of characters, {@code ?} for one (IAM user guide, "Wildcards"). */
final class Glob {
    private static final int ANY_RUN = -1;
    private static final int ANY_ONE = -2;

    private final int[] pattern;

    private Glob(int[] pattern) {
        this.pattern = pattern;
    }

    /** Collects literal text and wildcards, so that wildcards inside a variable's value stay plain text. */
    static final class Builder {
        private final List<Integer> tokens = new ArrayList<>();

        Builder literal(String text) {
            text.chars().forEach(tokens::add);
            return this;
        }

        Builder pattern(char c) {
            tokens.add(c == '*' ? ANY_RUN : c == '?' ? ANY_ONE : c);
            return this;
        }

        Glob build() {
            return new Glob(tokens.stream().mapToInt(Integer::intValue).toArray());
        }
    }

    static Glob of(String text) {
        Builder builder = new Builder();
        for (int i = 0; i < text.length(); i++) {
            builder.pattern(text.charAt(i));
        }
        return builder.build();
    }

    boolean hasWildcard() {
        for (int token : pattern) {
            if (token < 0) {
                return true;
            }
        }
        return false;
    }

    /** The text for which this stands if no wildcard is in it; wildcards show as typed. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (int token : pattern) {
            text.append(token == ANY_RUN ? '*' : token == ANY_ONE ? '?' : (char) token);
        }
        return text.toString();
    }

    /** Linear for one run, quadratic at worst: on a mismatch only the latest run is widened. */
    boolean matches(String text) {
        int p = 0;
        int t = 0;
        int run = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length && (pattern[p] == ANY_ONE || pattern[p] == text.charAt(t))) {
                p++;
                t++;
            } else if (p < pattern.length && pattern[p] == ANY_RUN) {
                run = p++;
                resume = t;
            } else if (run >= 0) {
                p = run + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length && pattern[p] == ANY_RUN) {
            p++;
        }
        return p == pattern.length;
    }

    /** The parts between colons: an ARN has six, and a colon in the last is text. Fewer parts: fewer elements. */
    List<Glob> arnParts() {
        List<Glob> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < pattern.length && parts.size() < 5; i++) {
            if (pattern[i] == ':') {
                parts.add(slice(start, i));
                start = i + 1;
            }
        }
        parts.add(slice(start, pattern.length));
        return parts;
    }

    private Glob slice(int from, int to) {
        return new Glob(java.util.Arrays.copyOfRange(pattern, from, to));
    }
}
