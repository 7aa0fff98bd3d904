package org.physionet.provisioner.simulator.aws.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** The XML body of a request, read by local names. */
public record XmlBody(Element element) {

    /** @throws AwsException 400 MalformedXML; documents with a DTD are refused, so that no entity is expanded */
    public static XmlBody parse(byte[] body) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setNamespaceAware(true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Refusal());
            return new XmlBody(builder.parse(new ByteArrayInputStream(body)).getDocumentElement());
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new AwsException(
                    400,
                    "MalformedXML",
                    "The XML you provided was not well-formed or did not validate against our published schema");
        }
    }

    public String name() {
        return element.getLocalName();
    }

    public List<XmlBody> children(String name) {
        List<XmlBody> found = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child && name.equals(child.getLocalName())) {
                found.add(new XmlBody(child));
            }
        }
        return found;
    }

    public Optional<XmlBody> child(String name) {
        return children(name).stream().findFirst();
    }

    /** The text of a child element. */
    public Optional<String> text(String name) {
        return child(name).map(XmlBody::text);
    }

    public String text() {
        return element.getTextContent();
    }

    /** Nothing on standard error: the caller is told. */
    private static final class Refusal implements ErrorHandler {
        @Override
        public void warning(SAXParseException e) {}

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
