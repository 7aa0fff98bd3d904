package org.physionet.provisioner.app.command;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.wiring.Actor;
import org.physionet.provisioner.app.wiring.Wiring;
import org.physionet.provisioner.engine.guards.GuardCase;
import org.physionet.provisioner.store.ledger.Sha256;
import org.physionet.provisioner.store.ledger.Tags;
import org.physionet.provisioner.store.state.Proposals.Proposal;
import org.physionet.provisioner.store.state.Proposals.Proposer;

/** {@code guards.secondPerson}: one person proposes the release of a case, another confirms exactly that; the ledger says both. */
final class SecondPerson {
    private final Invocation invocation;
    private final Wiring wiring;

    SecondPerson(Invocation invocation, Wiring wiring) {
        this.invocation = invocation;
        this.wiring = wiring;
    }

    /**
     * @param next the case as it is when these are released
     * @param chosen who is to be released
     * @return true: another person had proposed the same, and it is recorded now; false: it is proposed, nothing is released
     */
    boolean confirms(GuardCase next, SortedSet<GuardCase.Member> chosen, String why, ActingOptions acting) {
        Actor actor = wiring.actor(acting.onBehalfOf());
        String members = Sha256.of(
                chosen.stream().map(m -> m.person() + " " + m.dataset()).collect(Collectors.joining("\n")));
        Optional<Proposal> before = wiring.store().decisions().proposal(next.id());
        Instant now = invocation.surroundings().clock().instant();
        @Nullable Tags tags = before.flatMap(_ -> wiring.ledger().signer()).map(Tags::of).orElse(null);
        @Nullable Proposal same = before.filter(p -> p.members().equals(members))
                .filter(p -> p.by(person(actor), tags) != Proposer.NOT_KNOWN)
                .orElse(null);
        if (same != null && same.by(person(actor), tags) == Proposer.ANOTHER) {
            if (!wiring.store().decisions().confirmed(next, unchanged(next, chosen), actor.text(), why, now)) {
                throw GuardsCommand.changedMeanwhile(next.id());
            }
            invocation.note("proposed by " + same.actor() + ", confirmed by " + actor.text());
            return true;
        }
        if (same == null) {
            wiring.store().decisions().propose(next.id(), new Proposal(person(actor), actor.text(), members), why, now);
        }
        String proposed = same == null ? "proposed by " + actor.text() : "proposed before by " + same.actor();
        invocation
                .answer()
                .document(
                        GuardsCommand.fields(unchanged(next, chosen)),
                        out -> out.println(next.id() + ": " + proposed + "; nothing is released yet"),
                        answer -> answer.rows(GuardsCommand.MEMBER_COLUMNS, chosen.stream()));
        invocation.note(
                before.isPresent() && same == null
                        ? "The earlier proposal was about others, or nobody knows any more whose it was; this one takes its place."
                                + " Another person has to run the same command."
                        : "Another person has to run the same command.");
        return false;
    }

    /** The same person on two machines is one person. */
    private static String person(Actor actor) {
        int at = actor.name().lastIndexOf('@');
        return at < 0 ? actor.name() : actor.name().substring(0, at);
    }

    private static GuardCase unchanged(GuardCase next, SortedSet<GuardCase.Member> chosen) {
        SortedSet<GuardCase.Member> members = new java.util.TreeSet<>(next.members());
        members.addAll(chosen);
        SortedSet<GuardCase.Member> released = new java.util.TreeSet<>(next.released());
        released.removeAll(chosen);
        return new GuardCase(
                next.id(),
                next.kind(),
                next.cause(),
                next.systemic(),
                next.openedAt(),
                next.state(),
                next.deferredUntil(),
                members,
                released);
    }
}
