package org.physionet.provisioner.app.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What a library's pom says, where Maven keeps it: {@code ROOT/GROUP/ARTIFACT/VERSION/ARTIFACT-VERSION.pom}. */
record PublishedPom(Path file, Element project) {
    /** The pom that a jar of the local repository was resolved by; empty: it is none, as our own modules' are. */
    static Optional<PublishedPom> of(Path jar) {
        Path version = jar.toAbsolutePath().getParent();
        Path pom = version.resolve(version.getParent().getFileName() + "-" + version.getFileName() + ".pom");
        return Files.exists(pom) ? Optional.of(read(pom)) : Optional.empty();
    }

    private static PublishedPom read(Path file) {
        try {
            DocumentBuilderFactory xml = DocumentBuilderFactory.newInstance();
            xml.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            xml.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            return new PublishedPom(
                    file, xml.newDocumentBuilder().parse(file.toFile()).getDocumentElement());
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException(file.toString(), e);
        }
    }

    String name() {
        return group() + ":" + text(project, "artifactId").orElseThrow();
    }

    /** The names of its licences, its own or else its parent's; none: nobody states any. */
    List<String> licences() {
        List<String> own = children(project, "licenses")
                .flatMap(all -> children(all, "license"))
                .flatMap(each -> text(each, "name").stream())
                .toList();
        return own.isEmpty() ? parent().map(PublishedPom::licences).orElse(List.of()) : own;
    }

    private String group() {
        return text(project, "groupId").or(() -> parentText("groupId")).orElseThrow();
    }

    private Optional<PublishedPom> parent() {
        return parentText("groupId")
                .map(group -> {
                    String artifact = parentText("artifactId").orElseThrow();
                    String version = parentText("version").orElseThrow();
                    return root().resolve(group.replace('.', '/'))
                            .resolve(artifact)
                            .resolve(version)
                            .resolve(artifact + "-" + version + ".pom");
                })
                .filter(Files::exists)
                .map(PublishedPom::read);
    }

    /** Above version, artifact and each word of the group. */
    private Path root() {
        Path folder = file;
        for (int up = 0; up < 3 + group().split("\\.").length; up++) {
            folder = folder.getParent();
        }
        return folder;
    }

    private Optional<String> parentText(String name) {
        return children(project, "parent").findFirst().flatMap(parent -> text(parent, name));
    }

    private static Optional<String> text(Element in, String name) {
        return children(in, name)
                .findFirst()
                .map(found -> found.getTextContent().strip());
    }

    private static Stream<Element> children(Element of, String name) {
        NodeList all = of.getChildNodes();
        return IntStream.range(0, all.getLength())
                .mapToObj(all::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .filter(child -> child.getTagName().equals(name));
    }
}
