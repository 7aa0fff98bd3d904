package org.physionet.provisioner.simulator.gcp;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.physionet.provisioner.simulator.Operation;
import org.physionet.provisioner.simulator.Response;

/**
 * A method of an API: where it is, what it is called, what it does.
 *
 * @param verb the HTTP method, or several with {@code |}
 * @param pattern path with {@code {variables}} of one segment each, optionally with a {@code :custom} verb at the end
 * @param name in Google's reference
 */
record Route(Service service, String verb, String pattern, String name, Operation.Kind kind, Handler handler) {

    static Route read(Service service, String verb, String pattern, String name, Handler handler) {
        return new Route(service, verb, pattern, name, Operation.Kind.READ, handler);
    }

    static Route write(Service service, String verb, String pattern, String name, Handler handler) {
        return new Route(service, verb, pattern, name, Operation.Kind.WRITE, handler);
    }

    /** The path variables, decoded, if method and path fit. */
    Optional<Map<String, String>> match(String method, String rawPath) {
        if (!List.of(verb.split("\\|")).contains(method)) {
            return Optional.empty();
        }
        String[] wanted = pattern.split("/", -1);
        String[] found = rawPath.split("/", -1);
        if (wanted.length != found.length) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        try {
            for (int i = 0; i < wanted.length; i++) {
                if (!segment(wanted[i], found[i], variables)) {
                    return Optional.empty();
                }
            }
        } catch (GoogleError malformedEncoding) {
            return Optional.empty();
        }
        return Optional.of(variables);
    }

    private static boolean segment(String wanted, String found, Map<String, String> variables) {
        if (!wanted.startsWith("{")) {
            return wanted.equals(found) || wanted.equals(Call.decode(found));
        }
        int close = wanted.indexOf('}');
        String custom = wanted.substring(close + 1);
        String plain = found.replace("%3A", ":");
        if (custom.isEmpty() ? found.isEmpty() : !plain.endsWith(custom)) {
            return false;
        }
        String value = custom.isEmpty() ? found : plain.substring(0, plain.length() - custom.length());
        variables.put(wanted.substring(1, close), Call.decode(value));
        return !value.isEmpty();
    }

    /** What a method does to the state. */
    interface Handler {
        /** @throws GoogleError if Google would refuse; nothing is changed then */
        Response handle(GoogleState state, Call call);
    }
}
