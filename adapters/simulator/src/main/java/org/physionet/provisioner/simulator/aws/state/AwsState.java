package org.physionet.provisioner.simulator.aws.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that the simulated AWS holds. Accounts exist once named. */
public final class AwsState {
    private Delays delays = Delays.NONE;
    private final SortedMap<String, Account> accounts = new TreeMap<>();
    private final SortedMap<String, Bucket> buckets = new TreeMap<>();
    private final SortedMap<String, String> named = new TreeMap<>();

    private final List<Trail> trails = new ArrayList<>();
    private @Nullable Organization organization;

    /** The one organization that there can be. */
    public Optional<Organization> organization() {
        return Optional.ofNullable(organization);
    }

    void organization(Organization known) {
        this.organization = known;
    }

    /** Trails of CloudTrail, of all accounts. */
    public List<Trail> trails() {
        return trails;
    }

    public Delays delays() {
        return delays;
    }

    void delays(Delays changed) {
        this.delays = changed;
    }

    /** The account; made if it is named for the first time. */
    public Account account(String id) {
        return accounts.computeIfAbsent(id, Account::new);
    }

    public Optional<Account> findAccount(String id) {
        return Optional.ofNullable(accounts.get(id));
    }

    public Collection<Account> accounts() {
        return accounts.values();
    }

    /** By name: bucket names are one namespace for all accounts. */
    public SortedMap<String, Bucket> buckets() {
        return buckets;
    }

    /** Synthetic unique ids that policies gave to ARNs that nobody described (open accounts only): id → ARN. */
    public SortedMap<String, String> named() {
        return named;
    }

    public Stream<AccessPoint> accessPointsOf(Bucket bucket) {
        return accounts.values().stream()
                .flatMap(a -> a.accessPoints().values().stream())
                .filter(p -> p.bucket().equals(bucket.name()));
    }

    public Optional<AccessPoint> accessPointByAlias(String alias) {
        return accounts.values().stream()
                .flatMap(a -> a.accessPoints().values().stream())
                .filter(p -> p.alias().equals(alias))
                .findFirst();
    }

    public Optional<Identity> identityById(String id) {
        return identities().filter(i -> i.id().equals(id)).findFirst();
    }

    public Optional<Identity> identityByArn(String arn) {
        return identities().filter(i -> i.arn().equals(arn)).findFirst();
    }

    public boolean isDeletedId(String id) {
        return accounts.values().stream().anyMatch(a -> a.deleted().containsKey(id));
    }

    public boolean isDeletedArn(String arn) {
        return accounts.values().stream().anyMatch(a -> a.deleted().containsValue(arn));
    }

    private Stream<Identity> identities() {
        return accounts.values().stream()
                .flatMap(a -> Stream.concat(a.users().values().stream(), a.roles().values().stream()));
    }
}
