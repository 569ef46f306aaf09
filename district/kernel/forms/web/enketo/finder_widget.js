// A long list of choices gets a field that narrows it by what is typed: a village has two hundred households.
import Widget from 'enketo-core/src/js/widget';
import { t } from './translator';

const LONG = 12;

export default class FinderWidget extends Widget {
  static get name() { return 'FinderWidget'; }

  static get selector() { return '.question.simple-select input[type="radio"], .question.simple-select input[type="checkbox"]'; }

  static get list() { return true; }

  static condition(element) { return Boolean(element.closest('.option-wrapper')); }

  _init() {
    this.wrapper = this.element.closest('.option-wrapper');
    if (this.wrapper.dataset.finder) return;
    this.wrapper.dataset.finder = 'yes';
    this.field = Object.assign(document.createElement('input'), { type: 'search', className: 'form-control form-control-lg ignore f-find', placeholder: t('finder.type'), autocomplete: 'off', hidden: true });
    this.field.setAttribute('aria-label', t('finder.type'));
    this.wrapper.before(this.field);
    this.field.addEventListener('input', () => this.narrow());
    this.field.addEventListener('change', (event) => event.stopPropagation());
    this.watch = new MutationObserver(() => this.narrow());
    this.watch.observe(this.wrapper, { childList: true });
    this.narrow();
  }

  narrow() {
    const options = [...this.wrapper.querySelectorAll(':scope > label:not(.itemset-template)')];
    this.field.hidden = options.length <= LONG;
    const wanted = this.field.hidden ? '' : this.field.value.trim();
    options.forEach((option) => {
      option.hidden = Boolean(wanted) && !option.textContent.includes(wanted) && !option.querySelector('input:checked');
    });
  }
}
