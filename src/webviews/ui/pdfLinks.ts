// Links of a document. Inside it they scroll; out of it only https goes, and that through the editor, which asks before it opens an address
// that is not trusted. Anything else (other schemes, files, programs) is a link no more and says so.
import { LinkTarget, PDFLinkService, type EventBus } from 'pdfjs-dist/web/pdf_viewer.mjs';

export class SafeLinks extends PDFLinkService {
  constructor(eventBus: EventBus) {
    super({ eventBus, externalLinkTarget: LinkTarget.BLANK, externalLinkRel: 'noopener noreferrer' });
  }

  override addLinkAttributes(link: HTMLAnchorElement, url: string, newWindow?: boolean): void {
    if (URL.parse(url)?.protocol === 'https:') return super.addLinkAttributes(link, url, newWindow);
    link.removeAttribute('href');
    link.setAttribute('role', 'link');
    link.setAttribute('aria-disabled', 'true');
    link.title = `Not opened from here, since only https links are: ${url.slice(0, 300)}`;
  }
}
