package org.physionet.provisioner.app.command;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.output.Fields;
import org.physionet.provisioner.app.output.Visible;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.reconcile.CanaryProbe;
import org.physionet.provisioner.store.OpenMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code canary RESOURCE}: measures how long a grant and a revocation take until they have an effect. */
@Command(
        name = "canary",
        description = {
            "Lets the site's own canary account into a resource and out again, reads as it in between, and says how long it took "
                    + "until each had an effect. Its reads are refused at the end, which is the proof of a revocation that reading a "
                    + "policy back can not give.",
            "Needs a canary in the provider's section of the configuration."
        },
        footerHeading = "%nExamples:%n",
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
            CanaryProbe.Report report = probe(wiring, found);
            invocation
                    .answer()
                    .document(
                            new Fields()
                                    .name("run", report.run())
                                    .name("resource", found.id())
                                    .text("layout", found.layout())
                                    .maybe("grantSeconds", seconds(report.grantVisible()))
                                    .maybe("revokeSeconds", seconds(report.revokeVisible()))
                                    .texts("problems", report.problems()),
                            out -> {
                                out.println("granted  " + effect(report.grantVisible(), "could read"));
                                out.println("revoked  " + effect(report.revokeVisible(), "was refused"));
                                report.problems().forEach(p -> out.println("problem  " + Visible.text(p)));
                            },
                            answer -> {});
            return report.problems().isEmpty() ? Exit.DONE.code() : Exit.FAILED.code();
        }
    }

    private CanaryProbe.Report probe(Wiring wiring, Resource found) {
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

    private static @Nullable Long seconds(@Nullable Duration time) {
        return time == null ? null : time.toSeconds();
    }

    private static String effect(@Nullable Duration time, String what) {
        return time == null ? "not seen in time" : "the canary " + what + " after " + time.toSeconds() + " s";
    }
}
