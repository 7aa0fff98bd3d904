package org.physionet.provisioner.simulator.gcp;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Membership of groups, as the Directory and Cloud Identity APIs both see it (facts/gcp.md 2, rows 13-19). */
final class GroupMembers {
    /** Why an address can not become a member. */
    enum Refusal {
        MALFORMED,
        /** There is no Google account at that address. */
        NOT_GOOGLE,
        /** The account is deleted. */
        GONE,
        /** The group's settings do not allow members of other domains. */
        EXTERNAL,
        /** The group's security settings do not admit its kind. */
        RESTRICTED,
        /** The account is in as many groups as it can be (facts/gcp.md 1, "Per person"). */
        TOO_MANY
    }

    /** Groups that an account can be a direct member of. */
    static final int MOST_GROUPS = 3_000;

    private final GoogleState state;
    private final Group group;

    GroupMembers(GoogleState state, Group group) {
        this.state = state;
        this.group = group;
    }

    /** By address or id; neither expired ones nor those of deleted accounts. */
    Optional<Membership> find(String key) {
        return visible().stream()
                .filter(m -> m.id().equals(key) || m.key().equals(Addresses.key(key)))
                .findFirst();
    }

    /** In order of address. */
    List<Membership> visible() {
        Instant now = state.now();
        return group.members.values().stream()
                .filter(m -> !m.expired(now) && !gone(m.email()))
                .toList();
    }

    boolean gone(String address) {
        return state.accounts
                .named(address)
                .map(account -> account.status() == Account.Status.DELETED)
                .orElse(false);
    }

    Optional<Refusal> refusal(String address) {
        if (!Addresses.wellFormed(address)) {
            return Optional.of(Refusal.MALFORMED);
        }
        if (state.group(address).isEmpty() && !state.accounts.exists(address)) {
            return Optional.of(gone(address) ? Refusal.GONE : Refusal.NOT_GOOGLE);
        }
        boolean external = !Addresses.domain(address).equals(Addresses.domain(group.email));
        boolean closed =
                !group.settings.path("allowExternalMembers").asText("false").equals("true");
        if (state.switches.externalMembers() && external && closed) {
            return Optional.of(Refusal.EXTERNAL);
        }
        if (state.groups.size() > MOST_GROUPS
                && state.groups.values().stream()
                                .filter(other -> other.member(address).isPresent())
                                .count()
                        >= MOST_GROUPS) {
            return Optional.of(Refusal.TOO_MANY);
        }
        return MemberRestriction.admits(group.memberRestriction, state, group, address)
                ? Optional.empty()
                : Optional.of(Refusal.RESTRICTED);
    }

    /** The address must not be refused and not be a member already. */
    Membership add(String address, String role, Optional<Instant> expires) {
        Optional<Group> nested = state.group(address);
        String email = nested.map(g -> g.email).orElseGet(() -> state.accounts.spelling(address));
        String id = nested.map(g -> g.id)
                .or(() -> state.accounts.named(address).map(Account::uid))
                .orElseGet(() -> Account.uidOf(address, 0));
        Duration delay = delay(state.switches.groupAdd(), nested.isPresent());
        Optional<Instant> since =
                delay.isZero() ? Optional.empty() : Optional.of(state.now().plus(delay));
        Membership added =
                new Membership(id, email, nested.isPresent() ? "GROUP" : "USER", role, expires, since, state.stamp());
        group.put(added);
        state.nextWrite();
        return added;
    }

    void remove(Membership membership) {
        group.remove(
                membership,
                state.now(),
                delay(state.switches.groupRemove(), membership.type().equals("GROUP")));
        state.nextWrite();
    }

    private Duration delay(Duration usual, boolean nested) {
        return nested ? usual.plus(state.switches.nestedGroup()) : usual;
    }
}
