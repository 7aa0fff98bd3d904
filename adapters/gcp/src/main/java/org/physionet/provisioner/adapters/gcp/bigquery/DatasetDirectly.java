package org.physionet.provisioner.adapters.gcp.bigquery;

import com.google.api.services.bigquery.Bigquery;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.physionet.provisioner.adapters.gcp.Layout;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls;
import org.physionet.provisioner.adapters.gcp.calls.GoogleCalls.Answer;
import org.physionet.provisioner.engine.adapter.Adapter.Check;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Resource;

/**
 * The {@code members} layout of a dataset over the wire, with the low-level client: only it sends {@code If-Match}, and
 * only {@code If-Match} keeps rival writers' grants (facts/gcp.md 0.4; docs/decisions/010-bigquery-low-level-client.md).
 */
public final class DatasetDirectly implements Layout {
    private static final Map<String, Integer> READ_CALLS = Map.of("bigquery.datasets.get", 1);

    private final GoogleCalls calls;

    public DatasetDirectly(GoogleCalls calls) {
        this.calls = calls;
    }

    @Override
    public Observed observe(Resource resource) {
        Instant at = calls.now();
        return switch (read(resource)) {
            case Answer.Got(DatasetAccess access) ->
                new Observed.Seen(DatasetMembersLayout.observation(resource.id(), at, access, READ_CALLS));
            case Answer.Failed(var why) -> new Observed.NotSeen(why);
        };
    }

    private Answer<DatasetAccess> read(Resource resource) {
        DatasetName name = DatasetName.of(resource.id());
        return calls.read(google -> {
            Bigquery.Datasets.Get get = google.bigquery().datasets().get(name.project(), name.dataset());
            get.setAccessPolicyVersion(DatasetAccess.POLICY_VERSION);
            return AccessWire.read(get.executeUnparsed().parseAsString());
        });
    }

    @Override
    public Rendering render(Resource resource, Observation observation, Target target) {
        return DatasetMembersLayout.render(observation, target);
    }

    @Override
    public Outcome write(Resource resource, Write write) {
        DatasetName name = DatasetName.of(resource.id());
        DatasetAccess access = (DatasetAccess) write.payload();
        return calls.write(write, google -> {
            Bigquery.Datasets.Patch patch =
                    google.bigquery().datasets().patch(name.project(), name.dataset(), AccessWire.write(access));
            patch.setAccessPolicyVersion(DatasetAccess.POLICY_VERSION).setUpdateMode("UPDATE_ACL");
            patch.getRequestHeaders().setIfMatch(access.etag());
            return AccessWire.read(patch.executeUnparsed().parseAsString());
        });
    }

    @Override
    public List<Check> check(Resource resource) {
        return DatasetChecks.of(resource, read(resource));
    }
}
