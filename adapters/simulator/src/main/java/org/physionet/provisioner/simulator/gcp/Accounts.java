package org.physionet.provisioner.simulator.gcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.physionet.provisioner.simulator.World;

/** Which Google accounts there are: those that the state names and, in an open world, every well-formed address. */
final class Accounts {
    /** Stands for the caller without a token wherever Google wants to see an address; always exists. */
    static final String ADMINISTRATOR = "administrator@simulator.iam.gserviceaccount.com";

    private final World.Accounts rule;
    private final TreeMap<String, List<Account>> named = new TreeMap<>();

    Accounts(World.Accounts rule) {
        this.rule = rule;
    }

    /** @throws IllegalArgumentException if the address is malformed or already has a living account */
    void add(Account account) {
        if (!Addresses.wellFormed(account.email())) {
            throw new IllegalArgumentException(
                    "account: expected an e-mail address, found \"" + account.email() + "\"");
        }
        List<Account> same = named.computeIfAbsent(account.key(), key -> new ArrayList<>());
        boolean second = account.status() != Account.Status.DELETED
                && same.stream().anyMatch(other -> other.status() != Account.Status.DELETED);
        if (second || same.stream().anyMatch(other -> other.uid().equals(account.uid()))) {
            throw new IllegalArgumentException("account " + account.email() + " is named twice");
        }
        same.add(account);
    }

    void replace(Account old, Account changed) {
        List<Account> same = named.getOrDefault(old.key(), new ArrayList<>());
        same.remove(old);
        if (same.isEmpty()) {
            named.remove(old.key());
        }
        add(changed);
    }

    /** By address, deleted ones of the same address in order of their life. */
    List<Account> all() {
        return named.values().stream().flatMap(List::stream).toList();
    }

    /** The account that the address means now; a deleted one if there is no other; empty if the state names none. */
    Optional<Account> named(String address) {
        List<Account> same = named.getOrDefault(Addresses.key(address), List.of());
        return same.stream()
                .filter(account -> account.status() != Account.Status.DELETED)
                .findFirst()
                .or(() -> same.isEmpty() ? Optional.empty() : Optional.of(same.getLast()));
    }

    boolean knowsDeleted(String address, String uid) {
        return named.getOrDefault(Addresses.key(address), List.of()).stream()
                .anyMatch(account -> account.uid().equals(uid) && account.status() == Account.Status.DELETED);
    }

    /** Whether a person with this address can be named in a policy: it exists, suspended or not. */
    boolean exists(String address) {
        return named(address)
                .map(account ->
                        account.status() == Account.Status.ACTIVE || account.status() == Account.Status.SUSPENDED)
                .orElse(rule == World.Accounts.OPEN && Addresses.wellFormed(address)
                        || Addresses.key(address).equals(ADMINISTRATOR)
                        || Addresses.serviceAgent(address));
    }

    boolean notGoogle(String address) {
        return named(address).map(a -> a.status() == Account.Status.NOT_GOOGLE).orElse(false);
    }

    /** Why the account can not sign in; empty if it can. */
    Optional<String> barred(String address) {
        if (exists(address)) {
            return named(address)
                    .filter(account -> account.status() == Account.Status.SUSPENDED)
                    .map(account -> "account " + account.email() + " is suspended");
        }
        return Optional.of(named(address)
                .map(account -> account.status() == Account.Status.DELETED
                        ? "account " + account.email() + " is deleted"
                        : "there is no Google account " + account.email())
                .orElse("there is no Google account " + address));
    }

    /** The account's own spelling if the state names the account, else as written. */
    String spelling(String address) {
        return named(address).map(Account::email).orElse(address);
    }
}
