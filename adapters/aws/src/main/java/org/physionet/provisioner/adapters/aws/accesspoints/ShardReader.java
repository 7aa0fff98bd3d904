package org.physionet.provisioner.adapters.aws.accesspoints;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.physionet.provisioner.adapters.aws.calls.AwsClients;
import org.physionet.provisioner.adapters.aws.calls.AwsErrors;
import org.physionet.provisioner.adapters.aws.calls.Call;
import org.physionet.provisioner.adapters.aws.policy.Policy;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.model.Resource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3control.model.AccessPoint;
import software.amazon.awssdk.services.s3control.model.ListAccessPointsResponse;

/**
 * Reads a resource's access points: one call for each that the record knows; if it knows none that still exists, the bucket's
 * list is searched for our names first, so that a lost record is rebuilt from the cloud; if there are none the bucket itself
 * is asked for.
 */
public final class ShardReader {
    private static final int PAGE = 1000;

    private final AwsClients clients;
    private final AwsErrors errors;
    private final InstantSource clock;
    private final String account;
    private final boolean resolvesNames;

    /** @param resolvesNames whether the provider shows living named principals as ARNs; emulators may not */
    public ShardReader(
            AwsClients clients, AwsErrors errors, InstantSource clock, String account, boolean resolvesNames) {
        this.clients = clients;
        this.errors = errors;
        this.clock = clock;
        this.account = account;
        this.resolvesNames = resolvesNames;
    }

    public Observed observe(Resource resource, AccessPointLayout layout, Places places) {
        SortedSet<String> known = new TreeSet<>(places.documents());
        known.addAll(places.byHolder().values());
        // a resource that had another layout before has documents of other kinds on record
        known.removeIf(name -> !ShardNames.isAccessPoint(name));
        SortedMap<String, Integer> calls = new TreeMap<>();
        SortedMap<String, Shard> shards = new TreeMap<>();
        String about = resource.id().text();
        try {
            readAll(known, layout, shards, calls);
            if (shards.isEmpty()) {
                about = resource.id() + ": access points of the bucket";
                SortedSet<String> found = find(layout, calls);
                found.removeAll(known);
                about = resource.id().text();
                readAll(found, layout, shards, calls);
                if (shards.isEmpty()) {
                    requireBucket(layout.location().bucket(), calls);
                }
            }
        } catch (SdkException e) {
            return new Observed.NotSeen(errors.translate(e, Call.read(about)));
        } catch (UnreadablePolicyException e) {
            return new Observed.NotSeen(new Outcome.Denied(String.valueOf(e.getMessage())));
        }
        Shards all = new Shards(shards);
        return new Observed.Seen(new Observation(
                resource.id(),
                clock.instant(),
                all.owned(resolvesNames),
                all.foreign(),
                shards.keySet().stream().anyMatch(layout.names()::owns),
                new TreeSet<>(shards.keySet()),
                calls,
                all));
    }

    /** The names of our access points of the resource's bucket, and of PhysioNet's for it; other resources' left out. */
    private SortedSet<String> find(AccessPointLayout layout, Map<String, Integer> calls) {
        SortedSet<String> found = new TreeSet<>();
        String token = null;
        do {
            String next = token;
            calls.merge(Calls.LIST, 1, Integer::sum);
            ListAccessPointsResponse page = clients.s3Control()
                    .listAccessPoints(r -> r.accountId(account)
                            .bucket(layout.location().bucket())
                            .maxResults(PAGE)
                            .nextToken(next));
            page.accessPointList().stream()
                    .map(AccessPoint::name)
                    .filter(name -> layout.names().owns(name) || layout.names().isAdoptable(name))
                    .forEach(found::add);
            token = page.nextToken();
        } while (token != null && !token.isEmpty());
        return found;
    }

    /** A list without access points says nothing of the bucket: it may be gone, or be somebody else's by now. */
    private void requireBucket(String bucket, Map<String, Integer> calls) {
        calls.merge(Calls.GET_BUCKET_POLICY, 1, Integer::sum);
        try {
            clients.s3().getBucketPolicy(r -> r.bucket(bucket).expectedBucketOwner(account));
        } catch (SdkException e) {
            if (!AwsErrors.code(e).equals("NoSuchBucketPolicy")) {
                throw e;
            }
        }
    }

    private void readAll(
            SortedSet<String> names, AccessPointLayout layout, Map<String, Shard> shards, Map<String, Integer> calls) {
        for (String name : names) {
            calls.merge(Calls.GET_POLICY, 1, Integer::sum);
            read(name, layout).ifPresent(shard -> shards.put(name, shard));
        }
    }

    /** Empty: there is no such access point. */
    private Optional<Shard> read(String name, AccessPointLayout layout) {
        try {
            String text = clients.s3Control()
                    .getAccessPointPolicy(r -> r.accountId(account).name(name))
                    .policy();
            return Optional.of(layout.policy().read(name, text == null || text.isBlank() ? null : Policy.parse(text)));
        } catch (SdkException e) {
            return switch (AwsErrors.code(e)) {
                case "NoSuchAccessPointPolicy" -> Optional.of(Shard.empty(name));
                case "NoSuchAccessPoint" -> Optional.empty();
                default -> throw e;
            };
        } catch (IllegalArgumentException e) {
            throw new UnreadablePolicyException(name, e);
        }
    }

    /** A policy that AWS would not have taken; nothing is written over what is not understood. */
    private static final class UnreadablePolicyException extends RuntimeException {
        UnreadablePolicyException(String shard, IllegalArgumentException cause) {
            super(
                    "access point " + shard + ": its policy can not be read (" + cause.getMessage()
                            + "); look at it with aws s3control get-access-point-policy and correct or delete it",
                    cause);
        }
    }
}
