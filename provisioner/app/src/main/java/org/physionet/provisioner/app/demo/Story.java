package org.physionet.provisioner.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Surroundings;
import org.physionet.provisioner.app.output.Paint;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.sources.demo.DemoSite;
import org.physionet.provisioner.store.OpenMode;

/** What happens in the demo, step by step; each command is printed as a person would type it. */
final class Story {
    private static final String EDITED_BUCKET = "demo-iv-1.0.example.org";
    private static final String BACKUP = "serviceAccount:backup@" + DemoClouds.PROJECT + ".iam.gserviceaccount.com";
    private static final Duration TEN_YEARS_AND_A_DAY = Duration.ofDays(3660);

    private final Path folder;
    private final DemoClouds clouds;
    private final Invocation invocation;
    private final Program program;
    private final PrintStream out;
    private final Paint paint;
    private final Set<Identity> everKnown = new LinkedHashSet<>();
    private final List<String> wrong = new ArrayList<>();
    private int proofs;

    Story(Path folder, DemoClouds clouds, Invocation invocation, Program program) {
        this.folder = folder;
        this.clouds = clouds;
        this.invocation = invocation;
        this.program = program;
        this.out = invocation.surroundings().out();
        this.paint = invocation.paint();
    }

    /** @return whether everything was proven */
    boolean tell() throws IOException, InterruptedException {
        Instant began = invocation.surroundings().clock().instant();
        DemoPeople people = foundTheSite();
        List<Resource> places = makePlaces(people);
        title("Who may read what is decided from the site's own data, before any cloud is touched");
        command("eligibility", "--dataset", "demo-iv/1.0");
        title("Nobody has been let in yet");
        prove(people, places, (_, _) -> false);
        title("First run: what would change, then do it");
        command("plan");
        command("run");
        title("Proof: every place read as every researcher, with their own credentials");
        prove(people, places, expectation(people));
        noWriteWhenNothingChanged();
        lifeHappens(people);
        title("Second run: what is not as it should be, then put it right");
        command("drift", "--finding", "missing,extra");
        command("run");
        title("Proof again");
        prove(people, places, expectation(people));
        keptOthersWork();
        title("Questions, and answers");
        command("explain", "grace", "demo-iv/1.0");
        command("access", "list", "--dataset", "demo-iv/1.0");
        command("status");
        return verdict(Duration.between(began, invocation.surroundings().clock().instant()));
    }

    private DemoPeople foundTheSite() throws IOException {
        DemoSite.copyTo(folder.resolve("site"));
        Files.writeString(folder.resolve("catalog.yaml"), CATALOG);
        Files.writeString(folder.resolve("provisioner.yaml"), configuration());
        DemoPeople people = new DemoPeople(folder.resolve("site").resolve("researchers.ndjson"));
        title("A fictional site: " + people.size() + " researchers and their datasets, in two simulated clouds at "
                + clouds.address());
        out.println("  The site's data, configuration and record are in " + folder);
        return people;
    }

    private static final String CATALOG = """
            datasets:
              - id: demo-iv/1.0
                resources:
                  - gcs: demo-iv-1.0.example.org
                  - bigquery: %s.demo_iv_1_0
                    layout: group
                    group: demo-iv-1.0@demo.example.org
                  - s3: demo-controlled/demo-iv/1.0/
            """.formatted(DemoClouds.PROJECT);

    private String configuration() {
        return """
                source: {type: files, path: site}
                catalog: catalog.yaml
                gcp: {project: %s, credentials: none, endpoint: "%s"}
                aws: {account: "%s", region: us-east-1, credentials: static, accessKey: test, secretKey: test, endpoint: "%s"}
                """.formatted(DemoClouds.PROJECT, clouds.address(), DemoClouds.AWS_ACCOUNT, clouds.address());
    }

    private List<Resource> makePlaces(DemoPeople people) throws IOException, InterruptedException {
        everKnown.addAll(people.all());
        everKnown.add(Identity.stranger());
        clouds.know(people.all());
        List<Resource> places;
        try (Wiring wiring = new Wiring(new Invocation(here(out)), OpenMode.READ)) {
            places = wiring.catalog().resources();
        }
        for (Resource place : places) {
            out.println("  made " + place.id() + ", with a file or a table in it");
            clouds.make(place);
        }
        return places;
    }

    private Surroundings here(PrintStream stream) {
        Surroundings s = invocation.surroundings();
        return new Surroundings(
                java.util.Map.of(), folder, s.in(), stream, s.err(), s.terminal(), s.clock(), s.sleeper());
    }

    private void title(String text) {
        out.println();
        out.println(paint.strong("== " + text));
        out.flush();
    }

    /** Runs a command of this program and counts its failure as a failure of the demo. */
    private void command(String... args) {
        out.println(paint.faint("$ provisioner " + String.join(" ", args)));
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--output", "table", "--quiet"));
        int code = program.run(all, here(out));
        if (code != 0) {
            wrong.add("provisioner " + String.join(" ", args) + " ended with " + code);
        }
        out.println();
    }

    /** What {@code eligibility} says, for identities that are linked now. */
    private Proof.Expectation expectation(DemoPeople people) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(answer, false, StandardCharsets.UTF_8);
        program.run(List.of("eligibility", "--output", "ndjson"), here(stream));
        stream.flush();
        Set<String> allowed = new HashSet<>();
        ObjectMapper json = new ObjectMapper();
        for (String line : answer.toString(StandardCharsets.UTF_8).lines().toList()) {
            JsonNode decision = json.readTree(line);
            if (decision.path("allowed").asBoolean()) {
                allowed.add(decision.path("researcher").asText() + " "
                        + decision.path("dataset").asText());
            }
        }
        Set<Identity> linked = Set.copyOf(people.linked());
        return (identity, place) -> linked.contains(identity)
                && place.datasets().stream()
                        .map(DatasetId::toString)
                        .allMatch(d -> allowed.contains(identity.researcher() + " " + d));
    }

    private void prove(DemoPeople people, List<Resource> places, Proof.Expectation expectation)
            throws IOException, InterruptedException {
        everKnown.addAll(people.all());
        Proof.Result result = new Proof(clouds, places, List.copyOf(everKnown), expectation).show(out, paint, people);
        proofs++;
        wrong.addAll(result.wrong());
        String summary = result.reads() + " reads succeeded, " + result.refusals() + " were refused";
        out.println("  " + (result.fine() ? paint.good("Proven: ") : paint.bad("NOT as it should be: ")) + summary
                + (result.fine() ? ", each as it should be." : "; " + String.join("; ", result.wrong())));
    }

    private void noWriteWhenNothingChanged() {
        title("A run without anything to do changes nothing");
        clouds.forgetCalls();
        command("run");
        long writes = clouds.writes();
        out.println("  " + writes + " calls that write");
        if (writes != 0) {
            wrong.add("a run without anything to do wrote " + writes + " times");
        }
    }

    private void lifeHappens(DemoPeople people) throws IOException, InterruptedException {
        Instant now = invocation.surroundings().clock().instant();
        title("Life happens");
        out.println("  edsger signs the agreement of demo-iv/1.0");
        people.signs("edsger", "demo-iv/1.0", now);
        out.println("  grace's credential is revoked");
        people.losesCredential("grace");
        out.println("  ada's training report lapses: it is ten years old today");
        people.trainingLapses("ada", "research-ethics", now.minus(TEN_YEARS_AND_A_DAY));
        out.println("  hedy replaces her Google account by another one");
        people.replacesGoogleAccount("hedy", "hedy@example.org");
        people.save();
        out.println("  somebody lets a stranger into gs://" + EDITED_BUCKET + " by hand");
        clouds.google().add(EDITED_BUCKET, "user:" + Identity.stranger().login());
    }

    private void keptOthersWork() throws IOException, InterruptedException {
        boolean there = clouds.google().policyHas(EDITED_BUCKET, BACKUP);
        out.println("  " + (there ? paint.good("Kept: ") : paint.bad("LOST: ")) + BACKUP
                + ", which somebody else let in and which is none of our business");
        if (!there) {
            wrong.add(BACKUP + " was removed from gs://" + EDITED_BUCKET);
        }
    }

    private boolean verdict(Duration took) {
        out.println();
        wrong.forEach(w -> out.println(paint.bad("WRONG  ") + w));
        out.println(
                wrong.isEmpty()
                        ? paint.good("All " + proofs + " proofs hold") + ", in " + took.toSeconds() + " s."
                        : paint.bad(wrong.size() + " things are not as they should be") + ", in " + took.toSeconds()
                                + " s.");
        return wrong.isEmpty();
    }
}
