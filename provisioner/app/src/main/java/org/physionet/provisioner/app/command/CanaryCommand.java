package org.physionet.provisioner.app.command;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.output.Fields;
import org.physionet.provisioner.app.output.Visible;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.reconcile.CanaryProbe;
import org.physionet.provisioner.engine.reconcile.CanaryReport;
import org.physionet.provisioner.store.OpenMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code canary RESOURCE}: measures how long a grant and a revocation take until they have an effect. */
@Command(
        name = "canary",
        description = {
            "Measures how long a grant and a revocation take until they have an effect, by reading as accounts of the site's own.",
            "That is the proof that reading a policy back can not give. With two canaries (AWS) one is let in and the other is "
                    + "not at every moment; a measurement changes them over with one write for each shard, and tells both times "
                    + "for each shard of an access-point resource, read through its access point. A single canary (Google Cloud) "
                    + "goes in and out again.",
            "Needs a canary in the provider's section of the configuration. status and /metrics tell the last measurement."
        },
        footer = {
            "  provisioner canary gs://mimiciv-3.1.physionet.org",
            "  provisioner canary s3://physionet-controlled/mimiciv/3.1/ --wait 15 --output json"
        })
public final class CanaryCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(paramLabel = "RESOURCE", description = "e.g. gs://BUCKET")
    private String resource = "";

    @Option(
            names = "--wait",
            paramLabel = "MINUTES",
            description = "how long to wait for each effect (default: ${DEFAULT-VALUE})",
            defaultValue = "10")
    private int minutes;

    public CanaryCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        try (Wiring wiring = new Wiring(invocation, OpenMode.WRITE)) {
            Resource found = LayoutCommand.resource(wiring, resource);
            CanaryReport report = probe(wiring, found);
            invocation
                    .answer()
                    .document(
                            new Fields()
                                    .name("run", report.run())
                                    .name("resource", found.id())
                                    .text("layout", found.layout())
                                    .text("letIn", text(report.letIn()))
                                    .text("shutOut", text(report.shutOut()))
                                    .maybe("grantSeconds", seconds(report.grantVisible()))
                                    .maybe("revokeSeconds", seconds(report.revokeVisible()))
                                    .objects("shards", shards(report))
                                    .texts("problems", report.problems()),
                            out -> print(out, report),
                            answer -> {});
            return report.problems().isEmpty() ? Exit.DONE.code() : Exit.FAILED.code();
        }
    }

    private CanaryReport probe(Wiring wiring, Resource found) {
        if (minutes < 1) {
            throw new UsageError(Problem.of("--wait: expected at least 1 minute, found " + minutes));
        }
        try {
            return new CanaryProbe(wiring.site(), wiring.reconciler())
                    .probe(
                            wiring.reading(),
                            found,
                            Duration.ofMinutes(minutes),
                            wiring.actor(null).name());
        } catch (IllegalArgumentException e) {
            throw new UsageError(Problem.of(String.valueOf(e.getMessage()))
                    .at(wiring.configuration().origin()));
        }
    }

    private static List<Fields> shards(CanaryReport report) {
        return report.shards().entrySet().stream()
                .map(shard -> new Fields()
                        .text("shard", shard.getKey())
                        .maybe("grantSeconds", seconds(shard.getValue().grantVisible()))
                        .maybe("revokeSeconds", seconds(shard.getValue().revokeVisible())))
                .toList();
    }

    private static void print(PrintStream out, CanaryReport report) {
        int width =
                report.shards().keySet().stream().mapToInt(String::length).max().orElse(0);
        report.shards()
                .forEach((shard, effect) -> out.println(Visible.text(shard) + " ".repeat(width - shard.length())
                        + "  granted " + effect(effect.grantVisible(), "could read") + ", revoked "
                        + effect(effect.revokeVisible(), "was refused")));
        out.println("granted  " + effect(report.grantVisible(), "could read") + by(report.letIn()));
        out.println("revoked  " + effect(report.revokeVisible(), "was refused") + by(report.shutOut()));
        report.problems().forEach(p -> out.println("problem  " + Visible.text(p)));
    }

    private static String by(@Nullable Principal canary) {
        return canary == null ? "" : " (" + Visible.text(canary.text()) + ")";
    }

    private static @Nullable String text(@Nullable Principal canary) {
        return canary == null ? null : canary.text();
    }

    private static @Nullable Long seconds(@Nullable Duration time) {
        return time == null ? null : time.toSeconds();
    }

    private static String effect(@Nullable Duration time, String what) {
        return time == null ? "not seen" : "the canary " + what + " after " + time.toSeconds() + " s";
    }
}
