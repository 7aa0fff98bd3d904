package org.physionet.provisioner.app.command;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import org.physionet.provisioner.app.catalog.Kinds;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.Unreadable;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.cli.WorkFailed;
import org.physionet.provisioner.app.output.Answer;
import org.physionet.provisioner.app.output.Fields;
import org.physionet.provisioner.app.output.Format;
import org.physionet.provisioner.app.output.Paint;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.reconcile.RunRequest.Approved;

/**
 * A plan in a file, for {@code apply}: the plan's JSON with two keys more, {@code clockSet} and {@code sha256} over the
 * rest. The digest shows an edit by accident or in good faith; who may write the file may also forge it, so it is no
 * signature.
 */
final class PlanFile {
    private static final String DIGEST = "sha256";
    private static final String CLOCK_SET = "clockSet";

    /** Bytes: far above a plan for everybody, far below what would exhaust the machine. */
    private static final long LARGEST = 512L << 20;

    private PlanFile() {}

    /**
     * @param document the plan's; the two keys are added to it
     * @param clockSet the plan was made with {@code --at}: not to be applied
     */
    static void write(Path file, Fields document, boolean clockSet) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        new Answer(Format.NDJSON, stream, 0, new Paint(false)).document(document, _ -> {}, _ -> {});
        stream.flush();
        ObjectMapper json = new ObjectMapper();
        try {
            ObjectNode root = (ObjectNode) json.readTree(bytes.toByteArray());
            root.put(CLOCK_SET, clockSet);
            root.put(DIGEST, digest(root));
            Files.writeString(file, json.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
        } catch (IOException e) {
            throw new WorkFailed(
                    Problem.of("The plan can not be written: " + Unreadable.why(e))
                            .at(file.toString()),
                    e);
        }
    }

    /**
     * The approved changes.
     *
     * @throws UsageError if the file was edited, was made with {@code --at}, or is no plan
     */
    static Set<Approved> read(Path file, Kinds kinds) {
        ObjectNode root = json(file);
        JsonNode sealed = root.remove(DIGEST);
        if (sealed == null || !root.has(CLOCK_SET) || !root.has("changes")) {
            throw refusal(file, "This is no plan file", "a file that provisioner plan --out wrote");
        }
        if (!sealed.asText().equals(digest(root))) {
            throw refusal(file, "The plan file was edited", "the file as provisioner plan --out wrote it");
        }
        if (root.path(CLOCK_SET).asBoolean(true)) {
            throw refusal(file, "The plan was made with --at: it is about another moment", "a plan made without --at");
        }
        Set<Approved> approved = new LinkedHashSet<>();
        for (JsonNode change : root.path("changes")) {
            if (!isText(change, "action") || !isText(change, "resource") || !isText(change, "principal")) {
                throw refusal(
                        file,
                        "A change of the plan is none: number " + (approved.size() + 1),
                        "action, resource and principal as provisioner plan --out wrote them");
            }
            String principal = change.path("principal").asText();
            approved.add(new Approved(
                    change.path("action").asText(),
                    change.path("researcher").isTextual()
                            ? change.path("researcher").asText()
                            : "",
                    change.path("resource").asText(),
                    kinds.principal(principal).map(Principal::key).orElse(principal)));
        }
        return approved;
    }

    private static boolean isText(JsonNode change, String field) {
        return change.path(field).isTextual() && !change.path(field).asText().isBlank();
    }

    private static ObjectNode json(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw refusal(
                        file,
                        "The plan file is too large: " + Files.size(file) + " bytes",
                        "at most " + (LARGEST >> 20) + " MiB");
            }
            ObjectReader whole = new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
            if (whole.readTree(Files.readAllBytes(file)) instanceof ObjectNode root) {
                return root;
            }
            throw refusal(file, "This is no plan file", "a file that provisioner plan --out wrote");
        } catch (java.nio.file.NoSuchFileException e) {
            throw refusal(file, "There is no such plan file", "a file that provisioner plan --out wrote");
        } catch (IOException e) {
            throw refusal(file, "The plan file can not be read: " + Unreadable.why(e), "the file as it was written");
        }
    }

    private static UsageError refusal(Path file, String what, String expected) {
        return new UsageError(Problem.of(what)
                .at(file.toString())
                .expected(expected)
                .next("nothing was touched; make a new plan: provisioner plan --out " + file.getFileName()));
    }

    private static String digest(ObjectNode root) {
        try {
            byte[] text = root.toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
