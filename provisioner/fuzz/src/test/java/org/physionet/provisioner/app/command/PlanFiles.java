package org.physionet.provisioner.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.physionet.provisioner.adapters.aws.AwsAdapterProvider;
import org.physionet.provisioner.adapters.gcp.GcpAdapterProvider;
import org.physionet.provisioner.app.catalog.Kinds;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.engine.reconcile.RunRequest.Approved;

/** Files that a person hands to a command: plans, as they are and sealed so that what is inside is reached; lists of researchers. */
public final class PlanFiles {
    private static final Kinds KINDS = new Kinds(List.of(new AwsAdapterProvider(), new GcpAdapterProvider()));
    private static final ObjectMapper JSON = new ObjectMapper();

    private PlanFiles() {}

    public static void plan(Path file, byte[] input) throws IOException, GeneralSecurityException {
        read(file, input);
        JsonNode node;
        try {
            node = JSON.readTree(input);
        } catch (IOException _) {
            return;
        }
        if (node instanceof ObjectNode plan) {
            plan.put("clockSet", false);
            plan.remove("sha256");
            byte[] text = plan.toString().getBytes(StandardCharsets.UTF_8);
            plan.put(
                    "sha256",
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(text)));
            read(file, plan.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void read(Path file, byte[] input) throws IOException {
        Files.write(file, input);
        try {
            Set<Approved> approved = PlanFile.read(file, KINDS);
            if (approved.stream()
                    .anyMatch(a -> a.resource().isEmpty() || a.action().isEmpty())) {
                throw new AssertionError("a change without its resource was approved: " + approved);
            }
        } catch (UsageError e) {
            requirePlace(e, file);
        }
    }

    public static void lines(Path file, byte[] input) throws IOException {
        Files.write(file, input);
        try {
            LineFile.read(file);
        } catch (UsageError e) {
            requirePlace(e, file);
        }
    }

    private static void requirePlace(UsageError e, Path file) {
        if (!e.problems().toString().contains(file.toString())) {
            throw new AssertionError("a refusal that does not name the file: " + e.problems());
        }
    }
}
