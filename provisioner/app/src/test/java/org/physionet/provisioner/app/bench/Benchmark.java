package org.physionet.provisioner.app.bench;

import java.util.List;

/**
 * One thing that is measured. To add one, write a class with a public constructor without parameters and name it in
 * {@code META-INF/services/org.physionet.provisioner.app.bench.Benchmark}.
 */
public interface Benchmark {
    /** A short name, unique, by which a person asks for it, e.g. {@code help}. */
    String name();

    /** One line: what is measured, on how much. */
    String about();

    /**
     * What a person types to see the same by hand. Printed with the figures, since a number without its command proves nothing.
     */
    String command();

    /**
     * Measures, in order of printing. Called once in a JVM; warms up by itself where it must.
     *
     * @throws Exception whatever goes wrong; it is reported, and the other benchmarks go on
     */
    List<Figure> measure() throws Exception;
}
