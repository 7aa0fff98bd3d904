package org.physionet.provisioner.adapters.gcp.bigquery;

import java.time.Instant;
import java.util.List;
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
    private final GoogleCalls calls;

    public DatasetDirectly(GoogleCalls calls) {
        this.calls = calls;
    }

    @Override
    public Observed observe(Resource resource) {
        Instant at = calls.now();
        return switch (read(resource)) {
            case Answer.Got(DatasetAccess access) ->
                new Observed.Seen(DatasetMembersLayout.observation(resource.id(), at, access, DatasetCalls.READ));
            case Answer.Failed(var why) -> new Observed.NotSeen(why);
        };
    }

    private Answer<DatasetAccess> read(Resource resource) {
        return calls.read(google -> DatasetCalls.read(google, resource));
    }

    @Override
    public Rendering render(Resource resource, Observation observation, Target target) {
        return DatasetMembersLayout.render(observation, target);
    }

    @Override
    public Outcome write(Resource resource, Write write) {
        DatasetAccess access = (DatasetAccess) write.payload();
        return calls.write(write, google -> DatasetCalls.write(google, resource, access));
    }

    @Override
    public List<Check> check(Resource resource) {
        return DatasetChecks.of(resource, read(resource));
    }
}
