package org.physionet.provisioner.app.output;

/**
 * Colours and weight for a terminal that wants them, plain text for everything else.
 *
 * @param on whether to paint at all
 */
public record Paint(boolean on) {
    public String strong(String text) {
        return paint("1", text);
    }

    public String good(String text) {
        return paint("32", text);
    }

    public String bad(String text) {
        return paint("31", text);
    }

    public String warn(String text) {
        return paint("33", text);
    }

    public String faint(String text) {
        return paint("2", text);
    }

    private String paint(String code, String text) {
        return on && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
