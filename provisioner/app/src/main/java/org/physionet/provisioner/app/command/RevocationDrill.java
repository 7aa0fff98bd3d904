package org.physionet.provisioner.app.command;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.physionet.provisioner.app.cli.Exit;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.output.Column;
import org.physionet.provisioner.app.output.Fields;
import org.physionet.provisioner.app.output.Visible;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.model.Hold;
import org.physionet.provisioner.engine.planning.Change;
import org.physionet.provisioner.engine.planning.Scope;
import org.physionet.provisioner.engine.reconcile.CallCounter;
import org.physionet.provisioner.engine.reconcile.Reconciler;
import org.physionet.provisioner.engine.reconcile.Site;
import org.physionet.provisioner.engine.store.EdgeChange.Action;
import org.physionet.provisioner.engine.store.RecordView;
import org.physionet.provisioner.engine.store.Store;

/**
 * {@code revoke --drill}: what a revocation would do, without doing it. Everything is read as in earnest and timed; the writes are counted
 * and timed at the providers' pace. Nothing is recorded, and nothing changes in a cloud.
 */
final class RevocationDrill {
    private static final List<Column<Change>> COLUMNS = List.of(
            Column.<Change>text("dataset", c -> c.dataset().toString()),
            Column.text("resource", c -> c.resource().text()),
            Column.text("principal", c -> c.principal().text()));

    private final Invocation invocation;
    private final Wiring wiring;

    RevocationDrill(Invocation invocation, Wiring wiring) {
        this.invocation = invocation;
        this.wiring = wiring;
    }

    /** @param blocks as if they were in force */
    int run(List<Hold> blocks, Scope scope) {
        Instant began = invocation.surroundings().clock().instant();
        Reconciler.Preview preview =
                new Reconciler(asIf(blocks), new CallCounter()).preview(wiring.reading(), scope, null);
        Duration took =
                Duration.between(began, invocation.surroundings().clock().instant());
        List<Change> gone = preview.plan().changes().stream()
                .filter(c -> c.action() == Action.REVOKE)
                .toList();
        List<String> unread = preview.plan().resources().stream()
                .filter(r -> r.observation() == null)
                .map(r -> r.resource().id() + ": " + String.join("; ", r.notes()))
                .toList();
        invocation
                .answer()
                .document(
                        new Fields()
                                .objects(
                                        "wouldRevoke",
                                        gone.stream().map(PlanDocument::change).toList())
                                .number("readMillis", took.toMillis())
                                .number("calls", preview.forecast().total())
                                .number("writes", preview.forecast().writes())
                                .number("writeSeconds", preview.forecast().seconds())
                                .texts("unread", unread),
                        out -> {
                            gone.forEach(
                                    c -> out.println("would go  " + Visible.text(c.principal() + "  " + c.resource())));
                            unread.forEach(r -> out.println("not read  " + Visible.text(r)));
                            out.println(gone.size() + " edges; read in " + took.toMillis() + " ms, "
                                    + preview.forecast().writes() + " writes, about "
                                    + preview.forecast().seconds() + " s at the providers' pace");
                        },
                        answer -> answer.rows(COLUMNS, gone.stream()));
        invocation.note(
                "A drill: nothing was changed. provisioner canary RESOURCE measures when an end has its effect.");
        return unread.isEmpty() ? Exit.DONE.code() : Exit.FAILED.code();
    }

    private Site asIf(List<Hold> blocks) {
        Site site = wiring.site();
        return new Site(
                with(site.store(), blocks),
                site.clouds(),
                site.resources(),
                site.defaultMode(),
                site.rules(),
                site.limits(),
                site.clock(),
                site.sleeper(),
                site.random(),
                site.ids(),
                site.lanes(),
                site.owner());
    }

    /** The record with more holds than it has; whatever else a preview might ask goes to the record, which is open for reading only. */
    private static Store with(Store store, List<Hold> blocks) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (_, method, arguments) -> {
                    try {
                        Object answer = method.invoke(store, arguments);
                        return answer instanceof RecordView view ? with(view, blocks) : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static RecordView with(RecordView view, List<Hold> blocks) {
        List<Hold> holds = new ArrayList<>(view.holds());
        holds.addAll(blocks);
        return new RecordView(
                view.edges(),
                view.resources(),
                view.identities(),
                view.otherNames(),
                view.usernames(),
                holds,
                view.cases(),
                view.quarantine(),
                view.baseline(),
                view.sourceCounts(),
                view.holdsUnknown(),
                view.pauses());
    }
}
