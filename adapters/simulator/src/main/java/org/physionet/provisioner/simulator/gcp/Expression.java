package org.physionet.provisioner.simulator.gcp;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition's expression: the part of CEL that conditions on time and resource names use. Comparisons of
 * {@code request.time} with {@code timestamp("…")}, of {@code resource.name}, {@code .type}, {@code .service} with
 * texts, {@code startsWith}, {@code endsWith}, {@code true}, {@code false}, {@code ! && ||} and parentheses. Anything
 * else is refused when it is written, so that it is never misjudged when it is read.
 */
final class Expression {
    /** What a condition can look at. */
    record Context(Instant time, String name, String type, String service) {}

    private interface Term {
        boolean holds(Context context);
    }

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(&&|\\|\\||<=|>=|==|!=|[!<>()]|\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|[A-Za-z_][A-Za-z_.]*)");

    private final List<String> tokens = new ArrayList<>();
    private int next;
    private final Term root;

    /** @throws IllegalArgumentException if it is not understood; the message says where */
    Expression(String text) {
        Matcher matcher = TOKEN.matcher(text);
        int at = 0;
        while (at < text.stripTrailing().length()) {
            if (!matcher.region(at, text.length()).lookingAt()) {
                throw new IllegalArgumentException("unexpected \"" + text.substring(at) + "\"");
            }
            tokens.add(matcher.group(1));
            at = matcher.end();
        }
        root = or();
        if (next < tokens.size()) {
            throw new IllegalArgumentException("unexpected \"" + tokens.get(next) + "\"");
        }
    }

    boolean holds(Context context) {
        return root.holds(context);
    }

    /** How many of {@code && || !} it has; IAM allows 12. */
    long operators() {
        return tokens.stream().filter(List.of("&&", "||", "!")::contains).count();
    }

    private Term or() {
        Term left = and();
        while (accept("||")) {
            Term first = left;
            Term second = and();
            left = context -> first.holds(context) || second.holds(context);
        }
        return left;
    }

    private Term and() {
        Term left = unary();
        while (accept("&&")) {
            Term first = left;
            Term second = unary();
            left = context -> first.holds(context) && second.holds(context);
        }
        return left;
    }

    private Term unary() {
        if (accept("!")) {
            Term inner = unary();
            return context -> !inner.holds(context);
        }
        if (accept("(")) {
            Term inner = or();
            expect(")");
            return inner;
        }
        String word = take();
        return switch (word) {
            case "true" -> context -> true;
            case "false" -> context -> false;
            case "request.time" -> time();
            case "timestamp" -> timeOnTheRight();
            default -> name(word);
        };
    }

    private Term time() {
        BiPredicate<Instant, Instant> compare = order(take());
        expect("timestamp");
        Instant limit = timestamp();
        return context -> compare.test(context.time(), limit);
    }

    private Term timeOnTheRight() {
        Instant limit = timestamp();
        BiPredicate<Instant, Instant> compare = order(take());
        expect("request.time");
        return context -> compare.test(limit, context.time());
    }

    private Instant timestamp() {
        expect("(");
        String text = string(take());
        expect(")");
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("timestamp(\"" + text + "\") is no RFC 3339 time", e);
        }
    }

    private static BiPredicate<Instant, Instant> order(String operator) {
        return switch (operator) {
            case "<" -> (a, b) -> a.compareTo(b) < 0;
            case "<=" -> (a, b) -> a.compareTo(b) <= 0;
            case ">" -> (a, b) -> a.compareTo(b) > 0;
            case ">=" -> (a, b) -> a.compareTo(b) >= 0;
            case "==" -> Instant::equals;
            case "!=" -> (a, b) -> !a.equals(b);
            default -> throw new IllegalArgumentException("expected a comparison, found \"" + operator + "\"");
        };
    }

    private Term name(String word) {
        for (String method : List.of(".startsWith", ".endsWith")) {
            if (word.endsWith(method)) {
                String attribute = word.substring(0, word.length() - method.length());
                text(attribute, new Context(Instant.EPOCH, "", "", ""));
                expect("(");
                String part = string(take());
                expect(")");
                return method.equals(".startsWith")
                        ? context -> text(attribute, context).startsWith(part)
                        : context -> text(attribute, context).endsWith(part);
            }
        }
        text(word, new Context(Instant.EPOCH, "", "", ""));
        String operator = take();
        String value = string(take());
        return switch (operator) {
            case "==" -> context -> text(word, context).equals(value);
            case "!=" -> context -> !text(word, context).equals(value);
            default -> throw new IllegalArgumentException("expected == or !=, found \"" + operator + "\"");
        };
    }

    private static String text(String attribute, Context context) {
        return switch (attribute) {
            case "resource.name" -> context.name();
            case "resource.type" -> context.type();
            case "resource.service" -> context.service();
            default ->
                throw new IllegalArgumentException("undeclared reference to '" + attribute
                        + "' (simulated are request.time, resource.name, resource.type, resource.service)");
        };
    }

    private static String string(String token) {
        if (token.startsWith("\"") || token.startsWith("'")) {
            return token.substring(1, token.length() - 1).replaceAll("\\\\(.)", "$1");
        }
        throw new IllegalArgumentException("expected a text in quotes, found \"" + token + "\"");
    }

    private boolean accept(String token) {
        boolean there = next < tokens.size() && tokens.get(next).equals(token);
        next += there ? 1 : 0;
        return there;
    }

    private void expect(String token) {
        if (!accept(token)) {
            throw new IllegalArgumentException("expected \"" + token + "\""
                    + (next < tokens.size() ? ", found \"" + tokens.get(next) + "\"" : ""));
        }
    }

    private String take() {
        if (next >= tokens.size()) {
            throw new IllegalArgumentException("unexpected end");
        }
        return tokens.get(next++);
    }
}
