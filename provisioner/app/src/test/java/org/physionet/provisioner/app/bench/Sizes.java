package org.physionet.provisioner.app.bench;

/** How much is measured; an environment variable makes it more or less, e.g. {@code BENCH_LOG_LINES=200000 scripts/bench log-intake}. */
final class Sizes {
    private Sizes() {}

    /** @throws IllegalArgumentException if the variable is no whole number above 0 */
    static int of(String variable, int otherwise) {
        String text = System.getenv(variable);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException(variable + ": expected a whole number above 0, found \"" + text + "\"");
        }
        return Integer.parseInt(text);
    }
}
