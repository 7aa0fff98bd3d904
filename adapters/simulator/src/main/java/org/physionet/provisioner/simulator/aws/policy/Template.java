package org.physionet.provisioner.simulator.aws.policy;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text in a policy that may hold wildcards and, in version 2012-10-17, variables: {@code ${aws:username}},
 * {@code ${aws:username, 'default'}}, and {@code ${*}}, {@code ${?}}, {@code ${$}} for the characters themselves (IAM user guide,
 * "Variables and tags").
 */
public final class Template {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern WITH_DEFAULT = Pattern.compile("\\s*([^,\\s]+)\\s*(?:,\\s*'([^']*)'\\s*)?");

    private final String raw;
    private final @Nullable Glob bound;

    Template(String raw, boolean variables) {
        this.raw = raw;
        this.bound = variables && raw.contains("${") ? null : Glob.of(raw);
    }

    /** As written. */
    public String raw() {
        return raw;
    }

    /** Whether it stands for exactly one text in every request: no wildcard, no variable. */
    public boolean isFixed() {
        return bound != null && !bound.hasWildcard();
    }

    /** Empty if a variable has no value in this request: then nothing matches. */
    Optional<Glob> bind(RequestContext context) {
        if (bound != null) {
            return Optional.of(bound);
        }
        Glob.Builder builder = new Glob.Builder();
        Matcher matcher = VARIABLE.matcher(raw);
        int end = 0;
        while (matcher.find()) {
            pattern(builder, raw.substring(end, matcher.start()));
            Optional<String> value = value(matcher.group(1), context);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            builder.literal(value.get());
            end = matcher.end();
        }
        pattern(builder, raw.substring(end));
        return Optional.of(builder.build());
    }

    private static void pattern(Glob.Builder builder, String text) {
        text.chars().forEach(c -> builder.pattern((char) c));
    }

    private static Optional<String> value(String variable, RequestContext context) {
        if (variable.equals("*") || variable.equals("?") || variable.equals("$")) {
            return Optional.of(variable);
        }
        Matcher matcher = WITH_DEFAULT.matcher(variable);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        List<String> values = context.get(matcher.group(1));
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.ofNullable(matcher.group(2));
    }
}
