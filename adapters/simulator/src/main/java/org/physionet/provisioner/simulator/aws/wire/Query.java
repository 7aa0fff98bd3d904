package org.physionet.provisioner.simulator.aws.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The parameters of a query string or form, decoded, in order; names may repeat. */
public record Query(List<Parameter> parameters) {
    /** @param value empty if there is none */
    public record Parameter(String name, String value) {}

    public Query {
        parameters = List.copyOf(parameters);
    }

    /** @param raw percent-encoded, without question mark */
    public static Query of(String raw) {
        return parse(raw, false);
    }

    /** A form body, in which a plus is a space. */
    public static Query form(String raw) {
        return parse(raw, true);
    }

    private static Query parse(String raw, boolean plusIsSpace) {
        List<Parameter> parameters = new ArrayList<>();
        for (String part : raw.split("&", -1)) {
            if (!part.isEmpty()) {
                String text = plusIsSpace ? part.replace('+', ' ') : part;
                int equals = text.indexOf('=');
                String name = equals < 0 ? text : text.substring(0, equals);
                String value = equals < 0 ? "" : text.substring(equals + 1);
                parameters.add(new Parameter(Percent.decode(name), Percent.decode(value)));
            }
        }
        return new Query(parameters);
    }

    public boolean has(String name) {
        return get(name).isPresent();
    }

    /** The first value. */
    public Optional<String> get(String name) {
        return parameters.stream()
                .filter(p -> p.name().equals(name))
                .map(Parameter::value)
                .findFirst();
    }

    /** @throws AwsException 400 if it is there and no number from 0 to a million */
    public OptionalInt number(String name) {
        Optional<String> text = get(name).filter(t -> !t.isEmpty());
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!text.get().matches("\\d{1,6}")) {
            throw new AwsException(
                    400, "InvalidArgument", "Provided " + name + " not an integer or within integer range");
        }
        return OptionalInt.of(Integer.parseInt(text.get()));
    }
}
