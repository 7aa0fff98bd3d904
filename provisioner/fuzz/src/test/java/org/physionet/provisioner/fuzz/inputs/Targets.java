package org.physionet.provisioner.fuzz.inputs;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.concurrent.Callable;
import org.physionet.provisioner.app.command.PlanFiles;
import org.physionet.provisioner.app.serve.RawRequests;

/** Every kind of input by name, in a fixed order. */
public final class Targets {
    private static final SequencedMap<String, Callable<Target>> ALL = all();

    private Targets() {}

    private static SequencedMap<String, Callable<Target>> all() {
        SequencedMap<String, Callable<Target>> all = new LinkedHashMap<>();
        all.put("researchers", () -> new SiteFiles("researchers-1.ndjson"));
        all.put("datasets", () -> new SiteFiles("datasets.yaml"));
        all.put("manifest", () -> new SiteFiles("manifest.yaml"));
        all.put("configuration", Configuration::configuration);
        all.put("catalog", Configuration::catalog);
        all.put("bucket-policy", BucketPolicies::new);
        for (String layout : List.of("access-points", "bucket-policy", "access-grants")) {
            all.put("s3-" + layout, () -> ProviderAnswers.amazon(layout));
        }
        all.put("gcs-members", () -> ProviderAnswers.google("gs://b-1", "members"));
        all.put("gcs-group", () -> ProviderAnswers.google("gs://b-1", "group"));
        all.put("bigquery-members", () -> ProviderAnswers.google("bq://p1-x.ds", "members"));
        all.put("logs-aws", () -> new Logs("aws"));
        all.put("logs-gcp", () -> new Logs("gcp"));
        all.put("plan", () -> {
            Path file = Scratch.folder("plan").resolve("plan.json");
            return input -> PlanFiles.plan(file, input);
        });
        all.put("lines", () -> {
            Path file = Scratch.folder("lines").resolve("people.txt");
            return input -> PlanFiles.lines(file, input);
        });
        all.put("ledger-lines", () -> Ledgers::lines);
        all.put("ledger-records", () -> Ledgers::chained);
        all.put("ledger-key", Ledgers::key);
        all.put("proof-aws", Proofs::presentedToAws);
        all.put("proof-sts", Proofs::answersOfSts);
        all.put("proof-google", Proofs::presentedToGoogle);
        all.put("http-service", () -> new RawRequests()::feed);
        all.put("http-simulator", SimulatedRequests::new);
        return all;
    }

    public static SequencedSet<String> names() {
        return Collections.unmodifiableSequencedSet(new java.util.LinkedHashSet<>(ALL.sequencedKeySet()));
    }

    /** @throws IllegalArgumentException if there is none of this name */
    public static Target named(String name) throws Exception {
        Callable<Target> maker = ALL.get(name);
        if (maker == null) {
            throw new IllegalArgumentException("no target " + name + "; there are " + String.join(", ", ALL.keySet()));
        }
        return maker.call();
    }
}
