package org.physionet.provisioner.app.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ${NAME}} in a value is the environment variable NAME; {@code $${NAME}} is the text itself. */
final class Placeholders {
    private static final Pattern FORM = Pattern.compile("\\$(\\$\\{[^}]*}|\\{([^}]*)})");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private Placeholders() {}

    /** @throws Missing if a variable is not set, or its name is none */
    static String fill(String text, Map<String, String> environment) throws Missing {
        Matcher matcher = FORM.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(2);
            matcher.appendReplacement(
                    filled, Matcher.quoteReplacement(name == null ? matcher.group(1) : value(name, environment)));
        }
        return matcher.appendTail(filled).toString();
    }

    private static String value(String name, Map<String, String> environment) throws Missing {
        String value = environment.get(name);
        if (value == null || !NAME.matcher(name).matches()) {
            throw new Missing(name);
        }
        return value;
    }

    /** A variable is not set. */
    static final class Missing extends Exception {
        private static final long serialVersionUID = 1;

        final String variable;

        Missing(String variable) {
            super(variable);
            this.variable = variable;
        }
    }
}
