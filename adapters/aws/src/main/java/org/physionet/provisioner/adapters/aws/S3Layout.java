package org.physionet.provisioner.adapters.aws;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.adapter.Adapter.Check;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Room;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Resource;

/** One way of writing readers down in S3; the methods promise what the port's methods of the same names promise. */
public interface S3Layout {
    /** Whether a document of the record has the name of one of this layout's at this resource. */
    boolean isDocument(Resource resource, String name);

    Observed observe(Resource resource, Places places);

    Rendering render(Resource resource, Observation observation, Target target, Places places);

    Outcome write(Resource resource, Write write);

    List<Check> check(Resource resource);

    List<String> howTo(Resource resource, @Nullable String place);

    default Rendering compact(Resource resource, Observation observation, Target target, Places places) {
        return render(resource, observation, target, places);
    }

    /** How full the layout is here; empty: nothing worth a warning. */
    default Optional<Room> room(Resource resource, Observation observation) {
        return Optional.empty();
    }

    /** What a person who approves changes has to know. */
    default List<String> cautions(Resource resource) {
        return OptIns.of(resource.options()).caution().stream().toList();
    }

    /** @param usual what holds for the provider in general */
    default Duration revokeVisible(Duration usual) {
        return usual;
    }
}
