package org.physionet.provisioner.app.command;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.UsageError;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.eligibility.Eligibility;
import org.physionet.provisioner.engine.eligibility.HoldIndex;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.model.ResourceId;
import org.physionet.provisioner.engine.planning.Links;
import org.physionet.provisioner.engine.reconcile.Clouds;
import org.physionet.provisioner.engine.source.Snapshot;
import org.physionet.provisioner.engine.store.RecordView;
import org.physionet.provisioner.engine.store.ResourceRecord;
import org.physionet.provisioner.store.OpenMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code explain RESEARCHER DATASET}: the whole chain for one pair, like a colleague's answer. */
@Command(
        name = "explain",
        footer = {
            "  provisioner explain ada mimiciv/3.1",
            "  provisioner explain ada@example.org gs://mimiciv-3.1.physionet.org --error \"403 …\"",
            "  provisioner explain 17 mimiciv/3.1 --no-live --output json"
        })
public final class ExplainCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(index = "0", paramLabel = "RESEARCHER", description = "id, username, e-mail, AWS id or ARN")
    private String researcher = "";

    @Parameters(
            index = "1",
            paramLabel = "DATASET",
            description = "slug/version, slug, bucket, BigQuery dataset or S3 URI")
    private String dataset = "";

    @Option(
            names = "--error",
            paramLabel = "TEXT",
            description = "what the researcher's tool said; known refusals are explained")
    private @Nullable String error;

    @Option(names = "--no-live", description = "do not look into the clouds")
    private boolean noLive;

    @Mixin
    private AtOption at = new AtOption();

    public ExplainCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        try (Wiring wiring = new Wiring(invocation, OpenMode.READ)) {
            Instant instant = at.instant(invocation);
            Snapshot snapshot = wiring.snapshot();
            ResearcherId id = wiring.directory().find(researcher);
            DatasetId datasetId = wiring.datasets().find(dataset);
            Researcher person = snapshot.researchers().get(id);
            Dataset found = snapshot.datasets().get(datasetId);
            if (person == null || found == null) {
                throw new UsageError(Problem.of((person == null ? "Researcher " + id : "Dataset " + datasetId)
                                + " is no longer in the source; only our record knows it")
                        .next("provisioner access list --researcher " + id + "   shows what is recorded"));
            }
            Links links = Links.of(
                    snapshot.researchers().values(),
                    wiring.parts().identityKinds().values());
            RecordView record = wiring.view();
            HoldIndex holds = new HoldIndex(record.holds(), links.byPerson(), record.identities());
            Eligibility eligibility =
                    new Eligibility(snapshot, wiring.configuration().eligibility(), holds);
            Explanation explanation = new Explanation(
                    instant,
                    person,
                    found,
                    eligibility.decide(person, found, instant),
                    eligibility.conditions(person, found, instant),
                    links.of(id),
                    record,
                    wiring.store().answers().endingsOf(links.of(id)),
                    wiring.catalog().of(datasetId),
                    live(wiring, datasetId),
                    wiring.clouds(),
                    wiring.parts().identityKinds(),
                    error);
            invocation
                    .answer()
                    .document(
                            explanation.fields(),
                            out -> new ExplanationText(explanation, invocation.paint()).print(out),
                            answer -> explanation.rows(answer));
            return Exit.DONE.code();
        }
    }

    /** What the clouds have now; a resource that can not be looked at says why. */
    private Map<ResourceId, Observed> live(Wiring wiring, DatasetId datasetId) {
        Map<ResourceId, Observed> seen = new TreeMap<>();
        if (noLive) {
            return seen;
        }
        Clouds clouds = wiring.clouds();
        for (Resource resource : wiring.catalog().of(datasetId)) {
            ResourceRecord known = wiring.view().resources().get(resource.id());
            Places places = known == null ? Places.UNKNOWN : known.places();
            var adapter = clouds.adapters().get(resource.provider());
            seen.put(
                    resource.id(),
                    adapter == null
                            ? new Observed.NotSeen(new Outcome.Denied(resource.provider() + " is not configured"))
                            : adapter.observe(resource, places));
        }
        return seen;
    }
}
