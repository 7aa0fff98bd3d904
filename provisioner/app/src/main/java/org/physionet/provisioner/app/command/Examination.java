package org.physionet.provisioner.app.command;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.physionet.provisioner.app.catalog.Catalog;
import org.physionet.provisioner.app.cli.Failure;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.eligibility.HoldIndex;
import org.physionet.provisioner.engine.eligibility.Population;
import org.physionet.provisioner.engine.eligibility.Standing;
import org.physionet.provisioner.engine.model.Counted;
import org.physionet.provisioner.engine.model.Dataset;
import org.physionet.provisioner.engine.model.Resource;
import org.physionet.provisioner.engine.planning.Links;
import org.physionet.provisioner.engine.reconcile.Clouds;
import org.physionet.provisioner.engine.source.Snapshot;
import org.physionet.provisioner.engine.store.RecordView;
import org.physionet.provisioner.engine.store.StoreException;

/** Looks at every part of a site in turn; what can not be looked at because of an earlier part is left out. */
final class Examination {
    private static final int SHOWN_ROWS = 20;
    private static final Duration MOST_SKEW = Duration.ofMinutes(2);

    private final Wiring wiring;
    private final InstantSource clock;
    private final boolean lookIntoClouds;
    private final List<Finding> findings = new ArrayList<>();

    Examination(Wiring wiring, InstantSource clock, boolean lookIntoClouds) {
        this.wiring = wiring;
        this.clock = clock;
        this.lookIntoClouds = lookIntoClouds;
    }

    /** In the order in which a person would mend them. The configuration being wrong ends the command instead. */
    List<Finding> findings() {
        findings.add(Finding.well("configuration", wiring.configuration().origin()));
        wiring.configuration()
                .notices()
                .forEach(n -> findings.add(Finding.mind("configuration", n, "rename or remove the variable")));
        boolean store = attempt("store", this::store);
        attempt("ledger", () -> findings.addAll(new LedgerChecks(wiring, lookIntoClouds).findings()));
        boolean source = attempt("source", this::source);
        if (store && source && attempt("catalog", this::catalog)) {
            attempt("people and resources", this::coverage);
            if (lookIntoClouds) {
                attempt("clouds", this::clouds);
            }
        }
        return findings;
    }

    private boolean attempt(String what, Runnable part) {
        try {
            part.run();
            return true;
        } catch (Failure e) {
            for (Problem problem : e.problems()) {
                String found = problem.what() + (problem.found() == null ? "" : ": " + problem.found());
                String where = problem.where() == null ? "" : " (" + problem.where() + ")";
                String fix = problem.next() != null ? problem.next() : String.valueOf(problem.expected());
                findings.add(Finding.wrong(what, found + where, fix));
            }
        } catch (StoreException e) {
            findings.add(Finding.wrong(what, String.valueOf(e.getMessage()), "see the message"));
        }
        return false;
    }

    private void store() {
        RecordView view = wiring.view();
        findings.add(Finding.well(
                "store",
                wiring.storeConfig().where() + ", " + Counted.of(view.edges().size(), "edge") + ", "
                        + Counted.of(view.holds().size(), "hold")));
        view.resources().values().stream()
                .filter(r -> r.awaitsAdoption())
                .forEach(r -> findings.add(Finding.mind(
                        "resource " + r.id(),
                        "first seen with " + r.readers() + " readers already there; nothing is written",
                        "look at provisioner plan --details, then provisioner adopt " + r.id())));
        if (view.holdsUnknown()) {
            findings.add(Finding.mind(
                    "holds",
                    "not known to be complete after a rebuild: nothing is granted",
                    "restore them, or adopt --no-holds"));
        }
    }

    private void source() {
        Snapshot snapshot = wiring.snapshot();
        findings.add(Finding.well(
                "source",
                snapshot.researchers().size() + " researchers, "
                        + snapshot.datasets().size() + " datasets, taken at " + snapshot.takenAt()));
        Duration skew = Duration.between(snapshot.takenAt(), clock.instant()).abs();
        if (skew.compareTo(MOST_SKEW) > 0) {
            findings.add(Finding.wrong(
                    "clock",
                    "the source's clock and this machine's are " + skew.toSeconds() + " s apart",
                    "set the clocks (NTP): beyond 2 minutes nobody is granted or revoked"));
        }
        snapshot.notes().forEach(n -> findings.add(Finding.mind("source", n, "see the source's documentation")));
        snapshot.badRows().stream()
                .limit(SHOWN_ROWS)
                .forEach(r -> findings.add(
                        Finding.mind("source row", r.toString(), "mend the row; what depends on it is frozen")));
        if (snapshot.badRows().size() > SHOWN_ROWS) {
            findings.add(Finding.mind(
                    "source rows",
                    (snapshot.badRows().size() - SHOWN_ROWS) + " more were not understood",
                    "mend the first ones"));
        }
    }

    private void catalog() {
        Catalog catalog = wiring.catalog();
        findings.add(Finding.well("catalog", catalog.resources().size() + " managed resources"));
        for (Catalog.Finding finding : catalog.findings()) {
            findings.add(Finding.mind(
                    "dataset " + finding.dataset(), finding.why() + " (" + finding.evidence() + ")", finding.fix()));
        }
    }

    /** Versions with eligible linked people but no resource; identities that cannot be used. */
    private void coverage() {
        Snapshot snapshot = wiring.snapshot();
        Links links = Links.of(
                snapshot.researchers().values(), wiring.parts().identityKinds().values());
        HoldIndex holds = new HoldIndex(
                wiring.view().holds(), links.byPerson(), wiring.view().identities());
        Population population = new Population(snapshot);
        Instant now = clock.instant();
        Standing standing = population.at(now, wiring.configuration().eligibility(), holds);
        Set<Dataset> covered = new HashSet<>();
        for (Resource resource : wiring.catalog().resources()) {
            resource.datasets().stream()
                    .map(snapshot.datasets()::get)
                    .filter(java.util.Objects::nonNull)
                    .forEach(covered::add);
        }
        for (Dataset dataset : snapshot.datasets().values()) {
            if (dataset.requirement().isOpen() || covered.contains(dataset)) {
                continue;
            }
            long waiting = standing.allowed(dataset).stream()
                    .filter(n -> !links.of(population.person(n).id()).isEmpty())
                    .count();
            if (waiting > 0) {
                findings.add(Finding.mind(
                        "dataset " + dataset.id(),
                        waiting + " entitled researchers have linked an account, but it has no resource",
                        "list its resources in the catalog"));
            }
        }
        links.problems().forEach(p -> findings.add(Finding.mind("account", p, "the researcher links another account")));
        links.shared()
                .forEach((principal, people) -> findings.add(Finding.mind(
                        "account " + principal,
                        "linked by researchers " + people,
                        "one person's access is the other's: ask them")));
    }

    private void clouds() {
        Clouds clouds = wiring.clouds();
        for (Resource resource : wiring.catalog().resources()) {
            Adapter adapter = clouds.adapters().get(resource.provider());
            if (adapter == null) {
                continue;
            }
            for (Adapter.Check check : adapter.check(resource)) {
                String what = check.what().contains(resource.id().text())
                        ? check.what()
                        : resource.id() + ": " + check.what();
                findings.add(finding(what, check));
            }
        }
    }

    private static Finding finding(String what, Adapter.Check check) {
        if (!check.ok()) {
            return Finding.wrong(what, check.detail(), check.fix());
        }
        return check.fix().isEmpty()
                ? Finding.well(what, check.detail())
                : Finding.mind(what, check.detail(), check.fix());
    }
}
