package org.physionet.provisioner.sources.files;

import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.TermLength;
import org.physionet.provisioner.engine.model.TrainingType;
import org.physionet.provisioner.engine.model.TrainingTypeId;

/** Reads one entry of {@code trainings}. */
final class TrainingReader {
    private TrainingReader() {}

    /** Null if it has no usable id, which is reported. */
    static @Nullable TrainingType read(Fields fields) {
        TrainingTypeId id = fields.required("id", TrainingTypeId::new);
        String name = fields.optionalText("name");
        TermLength validity = fields.parsed("validity", Lengths::parse);
        fields.end();
        return id == null ? null : new TrainingType(id, name == null ? id.value() : name, validity);
    }
}
