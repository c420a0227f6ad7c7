// pdf.js as its makers offer it, in a page with nothing else: the viewer's components, a real worker, the page at the window's width. The
// address of the document stands in the page's query.
import { getDocument, GlobalWorkerOptions } from 'pdfjs-dist';
import { EventBus, PDFLinkService, PDFViewer } from 'pdfjs-dist/web/pdf_viewer.mjs';

GlobalWorkerOptions.workerSrc = '/pdf.worker.min.mjs';
const eventBus = new EventBus();
const linkService = new PDFLinkService({ eventBus });
const viewer = new PDFViewer({ container: document.querySelector<HTMLDivElement>('#container')!, eventBus, linkService });
linkService.setViewer(viewer);
eventBus.on('pagesinit', () => {
  viewer.currentScaleValue = 'page-width';
});
const pdf = await getDocument({ url: location.search.slice(1), standardFontDataUrl: '/standard_fonts/', cMapUrl: '/cmaps/' }).promise;
viewer.setDocument(pdf);
linkService.setDocument(pdf, null);
