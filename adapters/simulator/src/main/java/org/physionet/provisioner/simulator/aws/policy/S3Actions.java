package org.physionet.provisioner.simulator.aws.policy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The actions that S3 resource policies may name, and on what they work (Service authorization reference, Amazon S3). */
final class S3Actions {
    /** @param onObjects works on objects; otherwise on the bucket or access point itself */
    record Action(String name, boolean onObjects) {}

    private static final List<Action> ALL = load();

    private S3Actions() {}

    /** The actions that a pattern such as {@code s3:Get*} stands for; empty if there is none. */
    static List<Action> matching(ActionPattern pattern) {
        return ALL.stream()
                .filter(a -> pattern.matches(a.name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    private static List<Action> load() {
        List<Action> actions = new ArrayList<>();
        try (InputStream stream = Objects.requireNonNull(
                        S3Actions.class.getResourceAsStream("s3-actions.txt"), "s3-actions.txt");
                BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line : reader.lines().toList()) {
                if (!line.startsWith("#")) {
                    String[] parts = line.split(" ", 2);
                    actions.add(new Action("s3:" + parts[1], parts[0].equals("object")));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(actions);
    }
}
