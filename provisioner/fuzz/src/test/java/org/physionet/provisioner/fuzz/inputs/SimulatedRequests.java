package org.physionet.provisioner.fuzz.inputs;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.Simulator;
import org.physionet.provisioner.simulator.SimulatorOptions;

/** Requests to the simulator, with their bodies: {@code METHOD HOST PATH?QUERY}, headers, an empty line, the body. Never a 500. */
final class SimulatedRequests implements Target {
    @Override
    public void feed(byte[] input) {
        int end = find(input);
        String[] head = new String(input, 0, end, StandardCharsets.ISO_8859_1).split("\n", -1);
        String[] first = head[0].split(" ", 3);
        if (first.length < 3 || !first[2].startsWith("/")) {
            return;
        }
        Map<String, List<String>> headers = new HashMap<>();
        for (String line : Arrays.asList(head).subList(1, head.length)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        List.of(line.substring(colon + 1).strip()));
            }
        }
        int query = first[2].indexOf('?');
        Request request = new Request(
                first[0],
                first[1],
                query < 0 ? first[2] : first[2].substring(0, query),
                query < 0 ? "" : first[2].substring(query + 1),
                headers,
                Arrays.copyOfRange(input, Math.min(input.length, end + 2), input.length));
        Simulator simulator = new Simulator(SimulatorOptions.defaults().withPause(_ -> {}));
        try {
            Response response = simulator.handle(request);
            Expect.same(
                    response.status() == 500,
                    false,
                    "an answer of 500: " + new String(response.body(), StandardCharsets.UTF_8));
        } catch (org.physionet.provisioner.simulator.AnswerLostException _) {
            // Somebody had asked for that fault.
            return;
        }
    }

    private static int find(byte[] input) {
        for (int i = 0; i + 1 < input.length; i++) {
            if (input[i] == '\n' && input[i + 1] == '\n') {
                return i;
            }
        }
        return input.length;
    }
}
