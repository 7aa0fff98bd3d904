package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import org.physionet.provisioner.simulator.Fields;
import org.physionet.provisioner.simulator.Json;

/**
 * What happens to accounts, {@code POST /_simulator/gcp/accounts}: {@code {"email": …, "status": …}} creates, suspends,
 * deletes or recovers one; {@code {"email": …, "rename": NEW}} gives it another address; {@code {"email": …, "status":
 * "active", "recreate": true}} makes a new account at the address of a deleted one. Policies follow as Google's do
 * (facts/gcp.md 2, rows 8 and 22).
 */
final class AccountControl {
    private AccountControl() {}

    static ObjectNode apply(GoogleState state, ObjectNode body) {
        Fields fields = Fields.of("account", body);
        String email = fields.text("email");
        Optional<Account.Status> status = fields.choice("status", Account.Status.class, each -> each.spelling);
        Optional<String> rename = fields.optionalText("rename");
        boolean recreate = fields.bool("recreate", false);
        fields.end();
        if (status.isPresent() == rename.isPresent()) {
            throw new IllegalArgumentException("account: expected either \"status\" or \"rename\"");
        }
        if (!Addresses.wellFormed(email) || !rename.map(Addresses::wellFormed).orElse(true)) {
            throw fields.wrong("email", "an e-mail address", "\"" + email + "\"");
        }
        Account changed = rename.isPresent()
                ? rename(state, email, rename.get())
                : recreate ? recreate(state, email) : become(state, email, status.orElseThrow());
        return Json.MAPPER
                .createObjectNode()
                .put("email", changed.email())
                .put("uid", changed.uid())
                .put("status", changed.status().spelling);
    }

    private static Account become(GoogleState state, String email, Account.Status status) {
        Optional<Account> before = state.accounts.named(email);
        Account after = before.map(account -> account.with(status))
                .orElseGet(() -> new Account(email, Account.uidOf(email, 0), status));
        before.ifPresentOrElse(old -> state.accounts.replace(old, after), () -> state.accounts.add(after));
        state.fading.remove(after.uid());
        if (status == Account.Status.DELETED && !state.switches.deletion().isZero()) {
            state.fading.put(after.uid(), state.now().plus(state.switches.deletion()));
        } else if (status == Account.Status.DELETED) {
            rewriteDeleted(state, after);
        } else if (before.map(old -> old.status() == Account.Status.DELETED).orElse(false)) {
            state.rewriteMembers(
                    member -> member.uid().equals(after.uid()) && keyOf(member).equals(after.key())
                            ? Member.of(member.kind(), after.email())
                            : member);
        }
        return after;
    }

    /** Lets policies show the accounts as deleted whose time has come. */
    static void settle(GoogleState state) {
        if (state.fading.values().stream().allMatch(due -> due.isAfter(state.now()))) {
            return;
        }
        for (Account account : state.accounts.all()) {
            Instant due = state.fading.get(account.uid());
            if (due != null && !due.isAfter(state.now())) {
                state.fading.remove(account.uid());
                rewriteDeleted(state, account);
            }
        }
    }

    /** {@code user:E} becomes {@code deleted:user:E?uid=N} everywhere. */
    static void rewriteDeleted(GoogleState state, Account account) {
        state.rewriteMembers(
                member -> person(member) && !member.deleted() && keyOf(member).equals(account.key())
                        ? member.deleted(account.uid())
                        : member);
    }

    private static Account recreate(GoogleState state, String email) {
        boolean living = state.accounts
                .named(email)
                .map(account -> account.status() != Account.Status.DELETED)
                .orElse(true);
        if (living) {
            throw new IllegalArgumentException("account: " + email + " is not deleted, so it can not be made again");
        }
        int generation = 1;
        while (taken(state, Account.uidOf(email, generation))) {
            generation++;
        }
        Account fresh = new Account(email, Account.uidOf(email, generation), Account.Status.ACTIVE);
        state.accounts.add(fresh);
        // Memberships belong to the account that is gone, not to the address.
        state.groups.values().forEach(group -> group.members.remove(fresh.key()));
        return fresh;
    }

    private static boolean taken(GoogleState state, String uid) {
        return state.accounts.all().stream().anyMatch(account -> account.uid().equals(uid));
    }

    /** Policies and groups follow the account, not the address. */
    private static Account rename(GoogleState state, String email, String next) {
        if (state.accounts.named(next).isPresent() || state.group(next).isPresent()) {
            throw new IllegalArgumentException("account: " + next + " is taken");
        }
        Account before = state.accounts
                .named(email)
                .orElseGet(() -> new Account(email, Account.uidOf(email, 0), Account.Status.ACTIVE));
        Account after = new Account(next, before.uid(), before.status());
        if (state.accounts.named(email).isPresent()) {
            state.accounts.replace(before, after);
        } else {
            state.accounts.add(after);
        }
        state.rewriteMembers(member -> person(member) && keyOf(member).equals(before.key())
                ? Member.of(member.kind(), next, member.uid())
                : member);
        state.groups
                .values()
                .forEach(group -> group.member(email).ifPresent(old -> {
                    group.members.remove(old.key());
                    group.put(new Membership(
                            old.id(), next, old.type(), old.role(), old.expires(), old.since(), old.created()));
                }));
        return after;
    }

    private static boolean person(Member member) {
        return member.kind() == Member.Kind.USER || member.kind() == Member.Kind.SERVICE_ACCOUNT;
    }

    private static String keyOf(Member member) {
        return Addresses.key(member.value());
    }
}
